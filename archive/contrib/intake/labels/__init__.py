"""What sources say by labels: "Headline: …", 【标题】…, columns' names, a record's two columns."""
