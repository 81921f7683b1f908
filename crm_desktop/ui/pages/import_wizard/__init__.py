"""The parts of the import page: one module a step, and what the steps share."""
