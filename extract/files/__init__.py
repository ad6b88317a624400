"""A file from outside in, its parts, checked, out: containers, attachments, signatures; and the process in which it is read."""
