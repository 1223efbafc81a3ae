"""What a user would pick instead: each folds the same topic into the same employee days in its own idiomatic form.

Neither computes the totals per unit, site and terminal that the product's view keeps beside the days, keeps dead
letters or a position with the documents: what they are compared with does more.
"""
