"""How sure a settlement is where answers are guesses, and the proof that it holds."""
