"""Understanding values: dates, numbers, phones, addresses, names."""
