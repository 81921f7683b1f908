"""Use cases: what a button or a command calls. Typed; no Qt, no SQL."""
