"""Customers out again: workbooks, text tables, our own JSON."""
