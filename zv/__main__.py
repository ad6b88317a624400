"""`python -m zv`: the command where its script is not on the path."""

from zv.main import main

main()
