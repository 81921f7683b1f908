"""Understanding sheets: where their tables are, and what their columns mean."""
