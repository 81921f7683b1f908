"""The archive file: the only place where SQL stands."""
