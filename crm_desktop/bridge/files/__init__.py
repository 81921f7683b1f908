"""Readers of every format: a file becomes sheets, a sheet rows of values."""
