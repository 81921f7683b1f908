"""Enquiries as they come in: messages of people and of web forms."""
