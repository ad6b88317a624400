"""From PDF or Word to Angaben with place and confidence."""
