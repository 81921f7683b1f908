"""What a customer archive is: entities, rules, errors. Standard library only, no side effects."""
