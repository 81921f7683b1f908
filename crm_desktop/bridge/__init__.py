"""Spreadsheets in and out: read, detect, map, clean, match, plan, export."""
