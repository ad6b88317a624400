"""A record and what is known beside it in, what a person should look at before it is sent out: one module for each kind of rule."""
