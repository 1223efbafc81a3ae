"""Reporting: folds what every service says into read models, and answers from them."""
