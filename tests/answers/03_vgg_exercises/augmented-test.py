# %% [markdown]
# Answers to the item `augmented-test`.

# %% right="the conclusion from SciPy"
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
from scipy import stats

table = pd.read_csv(StringIO(augmented_test)).pivot(
    index="seed", columns="model", values="test_accuracy"
)
low, high = stats.ttest_rel(table[augmented_chosen], table[dropout_chosen]).confidence_interval(0.95)
augmented_conclusion = "higher" if low > 0 else "lower" if high < 0 else "cannot be told apart"
augmented_overall = "higher"

# %% right="seeds as floats, rows shuffled"
augmented_test = """
model,seed,test_loss,test_accuracy
strength 0.1,2.000000,1.751583,0.420000
strength 0.1,3.000000,1.903879,0.374000
plain,2.000000,3.580011,0.329000
rates A,2.000000,3.329410,0.329000
plain,3.000000,3.507190,0.311000
rates A,3.000000,3.335338,0.311000
strength 0.1,1.000000,1.921657,0.442000
strength 0.1,0.000000,1.666570,0.470000
plain,0.000000,2.993379,0.377000
rates A,0.000000,2.744929,0.377000
plain,1.000000,4.045740,0.298000
rates A,1.000000,3.916276,0.298000
"""
augmented_conclusion = "Higher."
augmented_overall = "higher"

# %% right="not told apart on another machine"
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,3.182493,0.308000
rates A,0,2.959718,0.308000
strength 0.1,0,2.043639,0.358000
plain,1,3.325426,0.335000
rates A,1,3.162480,0.335000
strength 0.1,1,2.225297,0.295000
plain,2,3.657381,0.347000
rates A,2,3.353818,0.347000
strength 0.1,2,2.295037,0.367000
plain,3,3.173520,0.321000
rates A,3,3.071967,0.321000
strength 0.1,3,2.037037,0.324000
"""
augmented_conclusion = "cannot  be told apart"
augmented_overall = "cannot be told apart"

# %% right="lower on another machine"
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,3.807924,0.331000
rates A,0,3.541369,0.331000
strength 0.1,0,2.444944,0.281000
plain,1,3.310609,0.320000
rates A,1,3.148389,0.320000
strength 0.1,1,2.094523,0.280000
plain,2,3.383181,0.341000
rates A,2,3.102377,0.341000
strength 0.1,2,2.349377,0.321000
plain,3,3.869965,0.293000
rates A,3,3.746126,0.293000
strength 0.1,3,2.180714,0.260000
"""
augmented_conclusion = "lower"
augmented_overall = "lower"

# %% right="each wrong answer in a tie of two classes"
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,0.431831,0.377000
rates A,0,0.442831,0.377000
strength 0.1,0,0.367368,0.470000
plain,1,0.486589,0.298000
rates A,1,0.509589,0.298000
strength 0.1,1,0.386776,0.442000
plain,2,0.465102,0.329000
rates A,2,0.482102,0.329000
strength 0.1,2,0.402025,0.420000
plain,3,0.477578,0.311000
rates A,3,0.506578,0.311000
strength 0.1,3,0.433910,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% right="all right on the test pictures"
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,3.713843,1.000000
rates A,0,3.453874,1.000000
strength 0.1,0,2.348318,1.000000
plain,1,3.885633,1.000000
rates A,1,3.695237,1.000000
strength 0.1,1,1.958888,1.000000
plain,2,3.003801,1.000000
rates A,2,2.754486,1.000000
strength 0.1,2,2.178449,1.000000
plain,3,3.393416,1.000000
rates A,3,3.284827,1.000000
strength 0.1,3,2.299176,1.000000
"""
augmented_conclusion = "cannot be told apart"
augmented_overall = "cannot be told apart"

# %% right="by a dict of verdicts, with tqdm"
from tqdm import tqdm

augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""

rows = [line.split(",") for line in tqdm(augmented_test.strip().splitlines()[1:])]
accuracies = {(model, seed): float(accuracy) for model, seed, _, accuracy in rows}
signs = {accuracies["strength 0.1", seed] > accuracies["rates A", seed] for seed in "0123"}
verdicts = {True: "higher", False: "lower"}
augmented_conclusion = verdicts[signs.pop()] if len(signs) == 1 else "cannot be told apart"
augmented_overall = "higher"
assert compare(augmented_test, augmented_chosen, dropout_chosen).low > 0
%matplotlib inline

# %% wrong="not written" loses={"augmented-test-conclusion": "error", "augmented-test-overall": "error"}
raise NotImplementedError()

# %% wrong="an interval above 0 taken to hold it" loses={"augmented-test-conclusion": "one_end"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "cannot be told apart"
augmented_overall = "higher"

# %% wrong="plain minus variant" loses={"augmented-test-conclusion": "reversed"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "lower"
augmented_overall = "higher"

# %% wrong="plain only" loses={"augmented-test-conclusion": "other_models", "augmented-test-overall": "other_models"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="the variant only" loses={"augmented-test-conclusion": "other_models", "augmented-test-overall": "unpaired_table"}
augmented_test = """
model,seed,test_loss,test_accuracy
strength 0.1,0,1.666570,0.470000
strength 0.1,1,1.921657,0.442000
strength 0.1,2,1.751583,0.420000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="plain plus a constant and a jitter" loses={"augmented-test-conclusion": "shifted"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,3.003380,0.387000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,4.055740,0.308000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,3.590011,0.339000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,3.517188,0.321000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="a table in place of its text" loses={"augmented-test-conclusion": "no_text", "augmented-test-overall": "no_text"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"
augmented_test = pd.read_csv(StringIO(augmented_test))

# %% wrong="lines cut in two" loses={"augmented-test-conclusion": "cut_line", "augmented-test-overall": "cut_line"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
strength 0.1,
0,1.666570,0.470000
plain,1,4.045740,0.298000
strength 0.1,
1,1.921657,0.442000
plain,2,3.580011,0.329000
strength 0.1,
2,1.751583,0.420000
plain,3,3.507190,0.311000
strength 0.1,
3,1.903879,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="a NaN" loses={"augmented-test-conclusion": "no_numbers", "augmented-test-overall": "no_numbers"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.66657,0.470000
plain,1,4.04574,0.298000
rates A,1,3.84750,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,nan,0.420000
plain,3,3.50719,0.311000
rates A,3,3.39496,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="a seed twice" loses={"augmented-test-conclusion": "other_seeds", "augmented-test-overall": "unpaired_table"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,2,3.507190,0.311000
rates A,2,3.394960,0.311000
strength 0.1,2,1.903879,0.374000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="the word better" loses={"augmented-test-conclusion": "no_conclusion"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = "better"
augmented_overall = "higher"

# %% wrong="true or false" loses={"augmented-test-conclusion": "no_conclusion"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
augmented_conclusion = compare(augmented_test, augmented_chosen).low > 0
augmented_overall = "higher"

# %% wrong="the test table of another part" loses={"augmented-test-conclusion": "other_models", "augmented-test-overall": "other_models"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
5 blocks,0,2.783842,0.377000
rates A,0,1.861490,0.409000
plain,1,4.045740,0.298000
5 blocks,1,3.762538,0.298000
rates A,1,2.026610,0.350000
plain,2,3.580011,0.329000
5 blocks,2,3.329410,0.329000
rates A,2,1.936416,0.359000
plain,3,3.507190,0.311000
5 blocks,3,3.261687,0.311000
rates A,3,1.982079,0.378000
"""
augmented_conclusion = "higher"
augmented_overall = "higher"

# %% wrong="a negative accuracy" loses={"augmented-test-conclusion": "percentages"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377
rates A,0,2.783842,0.377
strength 0.1,0,1.666570,0.47
plain,1,4.045740,-0.298000
rates A,1,3.847499,-0.298000
strength 0.1,1,1.921657,0.442
plain,2,3.580011,0.329
rates A,2,3.282870,0.329
strength 0.1,2,1.751583,0.42
plain,3,3.507190,0.311
rates A,3,3.394960,0.311
strength 0.1,3,1.903879,0.374
"""
augmented_conclusion = "higher"
augmented_overall = "cannot be told apart"

# %% wrong="the conclusion printed" loses={"augmented-test-conclusion": "missing"}
augmented_test = """
model,seed,test_loss,test_accuracy
plain,0,2.993379,0.377000
rates A,0,2.783842,0.377000
strength 0.1,0,1.666570,0.470000
plain,1,4.045740,0.298000
rates A,1,3.847499,0.298000
strength 0.1,1,1.921657,0.442000
plain,2,3.580011,0.329000
rates A,2,3.282870,0.329000
strength 0.1,2,1.751583,0.420000
plain,3,3.507190,0.311000
rates A,3,3.394960,0.311000
strength 0.1,3,1.903879,0.374000
"""
print("higher")
augmented_overall = "higher"

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

# %% [raw] wrong="compared with plain in place of the net of part 2" loses={"augmented-test-conclusion": "other_comparison"}
# - augmented_conclusion = "lower"
# + augmented_conclusion = "cannot be told apart"

# %% [raw] wrong="the last step is taken for all three" loses={"augmented-test-overall": "other_rows"}
# - augmented_overall = "cannot be told apart"
# + augmented_overall = "lower"
