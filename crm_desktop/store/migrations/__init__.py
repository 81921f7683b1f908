"""The archive's schema as literal SQL, a file a version: what one made stays true for ever."""
