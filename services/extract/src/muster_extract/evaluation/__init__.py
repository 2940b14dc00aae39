"""How well the extractor reads: scores on labelled articles, with intervals, against the last release."""
