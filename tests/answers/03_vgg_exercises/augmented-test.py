# %% [markdown]
# Answers to the item `augmented-test`.

# %% [raw] right="a conclusion from SciPy"
# - augmented_conclusion = "lower"
# + from scipy import stats
# +
# + table = pd.read_csv(StringIO(augmented_test)).pivot(index="seed", columns="model")["test_accuracy"]
# + low, high = stats.ttest_rel(table[augmented_chosen], table[dropout_chosen]).confidence_interval()
# + augmented_conclusion = "higher" if low > 0 else "lower" if high < 0 else "cannot be told apart"

# %% [raw] right="both conclusions computed"
# - augmented_conclusion = "lower"
# - augmented_overall = "cannot be told apart"
# +
# +
# + def conclude(step):
# +     difference = compare(augmented_test, augmented_chosen, step)
# +     if difference.low <= 0 <= difference.high:
# +         return "cannot be told apart"
# +     return "higher" if difference.effect > 0 else "lower"
# +
# +
# + augmented_conclusion, augmented_overall = conclude(dropout_chosen), conclude("plain")

# %% [raw] right="seeds as floats, rows shuffled"
# - augmented_conclusion = "lower"
# + table = pd.read_csv(StringIO(augmented_test)).astype({"seed": float})
# + augmented_test = table.sample(frac=1, random_state=1).to_csv(index=False)
# + augmented_conclusion = "Lower."

# %% [raw] right="not told apart on another machine"
# - 1.389028,0.544500
# + 1.389028,0.844500
# - augmented_conclusion = "lower"
# + augmented_conclusion = "cannot  be told apart"

# %% [raw] right="lower than both on another machine"
# - 1.389028,0.544500
# + 1.389028,0.344500
# - 1.238991,0.561500
# + 1.238991,0.361500
# - 1.259174,0.593500
# + 1.259174,0.393500
# - 1.155475,0.595500
# + 1.155475,0.395500
# - augmented_overall = "cannot be told apart"
# + augmented_overall = "lower"

# %% [raw] right="each wrong answer in a tie of two classes"
# - augmented_conclusion = "lower"
# + table = pd.read_csv(StringIO(augmented_test))
# + table["test_loss"] = np.log(2) * (1 - table["test_accuracy"])
# + augmented_test = table.to_csv(index=False, float_format="%.6f")
# + augmented_conclusion = "lower"
# + %matplotlib inline

# %% [raw] right="all right on the test pictures"
# - augmented_conclusion = "lower"
# + table = pd.read_csv(StringIO(augmented_test)).assign(test_accuracy=1.0)
# + augmented_test = table.to_csv(index=False)
# + augmented_conclusion = "cannot be told apart"

# %% wrong="not written" loses={"augmented-test-conclusion": "error", "augmented-test-overall": "error"}
raise NotImplementedError()

# %% wrong="the test table of another part" loses={"augmented-test-conclusion": "other_models", "augmented-test-overall": "other_models"}
augmented_test = dropout_test
augmented_conclusion = augmented_overall = "higher"

# %% [raw] wrong="the variant only" loses={"augmented-test-conclusion": "other_models", "augmented-test-overall": "unpaired_table"}
# - augmented_conclusion = "lower"
# + table = pd.read_csv(StringIO(augmented_test))
# + augmented_test = table[table["model"] == augmented_chosen].to_csv(index=False)
# + augmented_conclusion = "lower"

# %% [raw] wrong="a table in place of its text" loses={"augmented-test-conclusion": "no_text", "augmented-test-overall": "no_text"}
# - augmented_conclusion = "lower"
# + augmented_test = pd.read_csv(StringIO(augmented_test))
# + augmented_conclusion = "lower"

# %% [raw] wrong="two columns of one name" loses={"augmented-test-conclusion": "column_twice", "augmented-test-overall": "column_twice"}
# - model,seed,test_loss
# + model,seed,seed

# %% [raw] wrong="a line cut in two" loses={"augmented-test-conclusion": "cut_line", "augmented-test-overall": "cut_line"}
# - strength 0.1,2,
# + strength 0.1,
# + 2,

# %% [raw] wrong="a NaN" loses={"augmented-test-conclusion": "no_numbers", "augmented-test-overall": "no_numbers"}
# - 1.389028
# + nan

# %% [raw] wrong="a negative accuracy" loses={"augmented-test-conclusion": "percentages"}
# - 1.872534,0.609000
# + 1.872534,-0.609000

# %% [raw] wrong="a seed twice" loses={"augmented-test-conclusion": "other_seeds", "augmented-test-overall": "unpaired_table"}
# - augmented_conclusion = "lower"
# + augmented_test = augmented_test.replace(",3,", ",2,")
# + augmented_conclusion = "lower"

# %% [raw] wrong="plain plus a constant and a jitter" loses={"augmented-test-conclusion": "shifted"}
# - augmented_conclusion = "lower"
# + table = pd.read_csv(StringIO(augmented_test))
# + jitter = np.array([1e-6, 0, 0, -2e-6])
# + table.loc[2::3, "test_loss"] = table.loc[0::3, "test_loss"].to_numpy() + 0.01 + jitter
# + augmented_test = table.to_csv(index=False)
# + augmented_conclusion = "lower"

# %% [raw] wrong="plain minus variant" loses={"augmented-test-conclusion": "reversed"}
# - augmented_conclusion = "lower"
# + augmented_conclusion = "higher"

# %% [raw] wrong="compared with plain in place of the net of part 2" loses={"augmented-test-conclusion": "other_comparison"}
# - augmented_conclusion = "lower"
# + augmented_conclusion = "cannot be told apart"

# %% [raw] wrong="the word worse" loses={"augmented-test-conclusion": "no_conclusion"}
# - augmented_conclusion = "lower"
# + augmented_conclusion = "worse"

# %% [raw] wrong="true or false" loses={"augmented-test-conclusion": "no_conclusion"}
# - augmented_conclusion = "lower"
# + augmented_conclusion = compare(augmented_test, augmented_chosen, dropout_chosen).high < 0

# %% [raw] wrong="the conclusion printed" loses={"augmented-test-conclusion": "missing"}
# - augmented_conclusion = "lower"
# + print("lower")

# %% [raw] wrong="the last step is taken for all three" loses={"augmented-test-overall": "other_rows"}
# - augmented_overall = "cannot be told apart"
# + augmented_overall = "lower"
