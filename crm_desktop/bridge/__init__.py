"""Spreadsheets in and out: read, detect, map, clean, match, export.

Reading foreign files happens in a child process (`reader`, `child`); everything else is pure.
"""
