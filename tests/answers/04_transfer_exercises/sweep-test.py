# %% [markdown]
# Answers to the item `sweep-test`.

# %% [raw] right="sorted by model, blanks behind the commas and in front of the lines"
# - sweep_conclusion
# + lines = sorted(sweep_test.replace(",", ", ").split("\n"))
# + sweep_test = "\n    ".join(lines)
# + sweep_conclusion

# %% [raw] right="rows and columns in another order and one more, zeros at the end left out, higher"
# - 0.514286
# + 0.537143
# - sweep_conclusion = "cannot be told apart"
# + sweep_test = pd.read_csv(StringIO(sweep_test)).iloc[::-1, ::-1].to_csv()
# + sweep_conclusion = 'higher'

# %% [raw] right="lower, in capitals, with a full stop"
# - sweep_conclusion = "cannot be told apart"
# + table = pd.read_csv(StringIO(sweep_test))
# + table.loc[1::2, "test_accuracy"] -= 0.2
# + sweep_test = table.to_csv()
# + sweep_conclusion = "Lower."

# %% [raw] right="line breaks of Windows, the conclusion computed, a warning and a note on stderr"
# - sweep_conclusion = "cannot be told apart"
# + import sys
# + import warnings
# +
# + sweep_test = sweep_test.replace("\n", "\r\n")
# + table = pd.read_csv(StringIO(sweep_test))
# + found = paired_difference(table, "test_accuracy", {"model": "plain"}, {"model": sweep_chosen})
# + if found.low > 0:
# +     sweep_conclusion = "higher"
# + elif found.high < 0:
# +     sweep_conclusion = "lower"
# + else:
# +     sweep_conclusion = "Cannot be  told apart"
# + print(found, file=sys.stderr)
# + warnings.warn("six seeds are few", stacklevel=1)

# %% [raw] wrong="no difference where there is one" loses={"sweep-test-conclusion": "one_end"}
# - sweep_conclusion
# + table = pd.read_csv(StringIO(sweep_test))
# + table.loc[1::2, "test_accuracy"] += 0.2
# + sweep_test = table.to_csv()
# + sweep_conclusion

# %% [raw] wrong="the sign of the mean decides" loses={"sweep-test-conclusion": "sign_alone"}
# - cannot be told apart
# + higher

# %% [raw] wrong="the loss decides" loses={"sweep-test-conclusion": "other_rows"}
# - cannot be told apart
# + lower

# %% [raw] wrong="plain minus the chosen rate" loses={"sweep-test-conclusion": "reversed"}
# - 0.514286
# + 0.537143
# - cannot be told apart
# + lower

# %% [raw] wrong="not paired by seed" loses={"sweep-test-conclusion": "unpaired"}
# - 0.514286
# + 0.537143

# %% [raw] wrong="the conclusion in words of the student's own" loses={"sweep-test-conclusion": "no_conclusion"}
# - cannot be told apart
# + dropout of 0.6 makes no difference

# %% [raw] wrong="the verdict of the first exercise" loses={"sweep-test-conclusion": "no_conclusion"}
# - cannot be told apart
# + better

# %% [raw] wrong="no conclusion" loses={"sweep-test-conclusion": "missing"}
# - sweep_conclusion = "cannot be told apart"

# %% [raw] wrong="the other rate on the test" loses={"sweep-test-conclusion": "other_models"}
# - sweep_conclusion
# + sweep_test = sweep_test.replace("rate B", "rate A")
# + sweep_conclusion

# %% [raw] wrong="the chosen rate without plain" loses={"sweep-test-conclusion": "other_models"}
# - sweep_conclusion
# + sweep_test = "\n".join(line for line in sweep_test.split("\n") if "plain" not in line)
# + sweep_conclusion

# %% [raw] wrong="the worst seed left out" loses={"sweep-test-conclusion": "other_seeds"}
# - plain,2,1.753148,0.520000
# - rate B,2,1.749926,0.514286

# %% [raw] wrong="a run of another seed" loses={"sweep-test-conclusion": "other_seeds"}
# - rate B,5
# + rate B,6

# %% [raw] wrong="a percentage" loses={"sweep-test-conclusion": "percentages"}
# - 0.514286
# + 51.4286

# %% [raw] wrong="an accuracy improved by hand" loses={"sweep-test-conclusion": "no_share"}
# - 0.514286
# + 0.516000

# %% [raw] wrong="a loss improved by hand" loses={"sweep-test-conclusion": "low_loss"}
# - 1.601818
# + 0.061818

# %% [raw] wrong="a row copied under another seed" loses={"sweep-test-conclusion": "copied"}
# - 1.601818,0.568571
# + 1.686170,0.542857

# %% [raw] wrong="plain plus a constant for the chosen rate" loses={"sweep-test-conclusion": "shifted"}
# - sweep_conclusion
# + table = pd.read_csv(StringIO(sweep_test))
# + table.loc[1::2, "test_loss"] = 0.1 + table["test_loss"].shift()
# + sweep_test = table.to_csv()
# + sweep_conclusion

# %% [raw] wrong="the evidence once more" loses={"sweep-test-conclusion": "other_columns"}
# - sweep_conclusion
# + sweep_test = sweep_evidence
# + sweep_conclusion

# %% [raw] wrong="the first line not copied" loses={"sweep-test-conclusion": "other_columns"}
# - model,seed,test_loss,test_accuracy

# %% [raw] wrong="the name of a column changed" loses={"sweep-test-conclusion": "column_twice"}
# - test_loss,test_accuracy
# + test_accuracy,test_accuracy

# %% [raw] wrong="an empty text" loses={"sweep-test-conclusion": "unreadable"}
# - sweep_conclusion
# + sweep_test = ""
# + sweep_conclusion

# %% [raw] wrong="a run that gave no number" loses={"sweep-test-conclusion": "no_numbers"}
# - 1.601818
# + nan

# %% [raw] wrong="a DataFrame" loses={"sweep-test-conclusion": "no_text"}
# - sweep_conclusion
# + sweep_test = pd.read_csv(StringIO(sweep_test))
# + sweep_conclusion

# %% [raw] wrong="the effect instead of the table" loses={"sweep-test-conclusion": "no_text"}
# - sweep_conclusion
# + sweep_test = (0.0138, -0.0054, 0.0331)
# + sweep_conclusion

# %% [raw] wrong="one quotation mark on each side" loses={"sweep-test-conclusion": "error"}
# - sweep_test = """
# + sweep_test = "

# %% wrong="not written" loses={"sweep-test-conclusion": "error"}
raise NotImplementedError()
