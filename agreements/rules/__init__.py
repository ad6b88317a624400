"""The rules of `zv check`: what a person should look at in a record before it is sent, one module for each kind of rule."""
