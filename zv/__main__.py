"""`python -m zv`: the command where its script is not on the path."""

import os
import sys

# Python puts the current folder first: there lie a user's files, and may be called as a module is that is loaded later on.
if not sys.flags.safe_path and sys.path[0] != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):  # noqa: PTH100, PTH120
    del sys.path[0]

from zv.main import main

main()
