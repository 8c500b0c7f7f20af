"""What the memory does before and beside translating: figures, drafts, repetitions."""
