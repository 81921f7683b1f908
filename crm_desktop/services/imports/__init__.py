"""Taking customers in from files: look, check, import, in that order."""
