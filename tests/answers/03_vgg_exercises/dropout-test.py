# %% [markdown]
# Answers to the item `dropout-test`.

# %% [raw] right="a conclusion computed in one line, with a line on stderr"
# - dropout_conclusion = "higher"
# + import sys
# +
# + d = compare(dropout_test, dropout_chosen, deeper_chosen)
# + print(d, file=sys.stderr)
# + dropout_conclusion = "higher" if d.low > 0 else "lower" if d.high < 0 else "cannot be told apart"

# %% [raw] right="three digits, other blanks in the conclusion"
# - dropout_conclusion = "higher"
# + dropout_test = pd.read_csv(StringIO(dropout_test)).round(3).to_csv(index=False)
# + dropout_conclusion = "  HIGHER\n"

# %% [raw] right="an interval that ends just above 0"
# - 0.898562,0.709000
# + 0.898562,0.595000
# - dropout_conclusion = "higher"
# + dropout_conclusion = "cannot be told apart"

# %% [raw] right="not told apart on another machine"
# - 1.002927,0.708000
# + 1.002927,0.508000
# - dropout_conclusion = "higher"
# - dropout_overall = "higher"
# + dropout_conclusion = dropout_overall = "cannot be told apart"

# %% [raw] wrong="a syntax error" loses={"dropout-test-conclusion": "error", "dropout-test-overall": "error"}
# - dropout_conclusion = "higher"
# + dropout_conclusion = = higher

# %% wrong="empty" loses={"dropout-test-conclusion": "unreadable", "dropout-test-overall": "unreadable"}
dropout_test = ""
dropout_conclusion = dropout_overall = "higher"

# %% [raw] wrong="no first line" loses={"dropout-test-conclusion": "other_columns", "dropout-test-overall": "other_columns"}
# - model,seed,test_loss,test_accuracy

# %% [raw] wrong="an interval above 0 taken to hold it" loses={"dropout-test-conclusion": "one_end"}
# - dropout_conclusion = "higher"
# + dropout_conclusion = "cannot be told apart"

# %% [raw] wrong="plain minus variant" loses={"dropout-test-conclusion": "reversed"}
# - dropout_conclusion = "higher"
# + dropout_conclusion = "lower"

# %% [raw] wrong="other seeds than the evidence" loses={"dropout-test-conclusion": "other_seeds"}
# - dropout_conclusion = "higher"
# + dropout_test = dropout_test.replace(",3,", ",4,")
# + dropout_conclusion = "higher"

# %% [raw] wrong="a loss too small" loses={"dropout-test-conclusion": "low_loss"}
# - 1.002927
# + 0.010000

# %% [raw] wrong="a row copied under another seed" loses={"dropout-test-conclusion": "copied"}
# - 1.053694,0.678500
# + 1.002927,0.708000

# %% [raw] wrong="one name for two models" loses={"dropout-test-conclusion": "other_models", "dropout-test-overall": "unpaired_table"}
# - dropout_conclusion = "higher"
# + dropout_test = dropout_test.replace("plain", "rates A")
# + dropout_conclusion = "higher"

# %% [raw] wrong="one name for two variants" loses={"dropout-test-conclusion": "other_seeds", "dropout-test-overall": "unpaired_table"}
# - plain,1,
# + rates A,0,1.927779,0.325000
# + plain,1,

# %% [raw] wrong="the choice made anew after a look at the test" loses={"dropout-test-conclusion": "other_models", "dropout-test-overall": "other_models"}
# - dropout_conclusion = "higher"
# + dropout_test = dropout_test.replace("rates A", "rates B")
# + dropout_chosen = "rates B"
# + dropout_conclusion = "higher"

# %% [raw] wrong="a sentence" loses={"dropout-test-conclusion": "no_conclusion"}
# - dropout_conclusion = "higher"
# + dropout_conclusion = "higher, I think"

# %% [raw] wrong="the name of the better model" loses={"dropout-test-conclusion": "no_conclusion"}
# - dropout_conclusion = "higher"
# + dropout_conclusion = dropout_chosen

# %% [raw] wrong="both steps taken together hold 0" loses={"dropout-test-overall": "one_end"}
# - dropout_overall = "higher"
# + dropout_overall = "cannot be told apart"

# %% [raw] wrong="no word on both steps" loses={"dropout-test-overall": "missing"}
# - dropout_overall = "higher"
