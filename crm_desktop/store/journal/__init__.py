"""The one journal: every change of every row, under a named step, and the way back."""
