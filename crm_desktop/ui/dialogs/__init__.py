"""Windows that open over the window, never modal to the program."""
