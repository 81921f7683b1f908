"""The process that reads foreign files, from both of its ends."""
