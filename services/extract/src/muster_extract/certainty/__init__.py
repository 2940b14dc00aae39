"""How sure a reading is: a linear model over a sentence's wording, and a second over what a rule made of it. Weights are data."""
