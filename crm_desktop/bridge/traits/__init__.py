"""What a sheet says beside its values."""
