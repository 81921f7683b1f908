"""Finding customers: how text is folded, what is indexed, how a query is answered."""
