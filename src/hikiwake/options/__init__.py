"""What else there is: where the power lies in a settlement, and agreements on a part."""
