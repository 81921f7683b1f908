"""Rows of a mapped table to drafts of customers."""
