"""Files that stand beside a dispute: packages, talks, histories, what was felt."""
