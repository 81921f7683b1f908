"""Answers to surveys as they come back: in e-mails."""
