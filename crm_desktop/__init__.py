"""CRM Desktop: the customer archive of a very small firm, in one file on one PC."""

__version__ = "0.1.0"
