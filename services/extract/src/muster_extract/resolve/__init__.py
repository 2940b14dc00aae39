"""From words to values: dates, numbers, money, actors and missions. Pure functions over text."""
