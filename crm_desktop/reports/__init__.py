"""PDF documents, drawn on reportlab's canvas."""
