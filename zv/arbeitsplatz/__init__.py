"""The workbench: the year in the browser. Pages show what commands say, and every button is a command; no rule stands here.

`zv arbeitsplatz` comes in with a folder; out go pages to a browser of this machine, and changes of records through the journal.
"""
