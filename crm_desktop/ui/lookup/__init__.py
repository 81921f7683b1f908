"""The lookup of a caller: its small window, its global key, second starts of the program."""
