"""Who is who among customers, and what one adds to another."""
