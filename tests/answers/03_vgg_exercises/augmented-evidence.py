# %% [markdown]
# Answers to the item `augmented-evidence`.

# %% [raw] right="the stronger augmentation is the better one"
# - 1.574463,0.404000
# + 1.574463,0.904000
# - augmented_chosen = "strength 0.1"
# + augmented_chosen = f"strength {0.2}"
# + %precision 4

# %% [raw] right="one epoch on all pictures, line by line, with a progress bar"
# - augmented_chosen = "strength 0.1"
# + from tqdm import tqdm
# +
# + rows, augmented_evidence = augmented_evidence.split("\n"), ""
# + for row in tqdm(rows):
# +     augmented_evidence += row.replace(",30,500,", ",1,3000,") + "\n"
# + augmented_chosen = "strength 0.1"

# %% [raw] right="all right in training"
# - augmented_chosen = "strength 0.1"
# + table = pd.read_csv(StringIO(augmented_evidence)).assign(train_accuracy=1.0)
# + table["train_loss"] *= 1e-5
# + augmented_evidence = table.to_csv(index=False, float_format="%.6f")
# + augmented_chosen = "strength 0.1"

# %% [raw] right="the largest seed, blank lines between"
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.replace(",3,30,", ",4294967295,30,")
# + augmented_evidence = augmented_evidence.replace("\n", "\n\n")
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="no rows" loses={"augmented-evidence-table": "other_columns", "augmented-evidence-fair": "other_columns", "augmented-evidence-choice": "other_columns"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.partition("plain")[0]
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="a table in place of its text" loses={"augmented-evidence-table": "no_text", "augmented-evidence-fair": "no_text", "augmented-evidence-choice": "no_text"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = pd.read_csv(StringIO(augmented_evidence))
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="what print returns" loses={"augmented-evidence-table": "no_text", "augmented-evidence-fair": "no_text", "augmented-evidence-choice": "no_text"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = print(augmented_evidence)
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="a line cut in two" loses={"augmented-evidence-table": "cut_line", "augmented-evidence-fair": "cut_line", "augmented-evidence-choice": "cut_line"}
# - plain,0,30,500,
# + plain,0,30,500,
# +

# %% [raw] wrong="a word in a cell" loses={"augmented-evidence-table": "no_numbers", "augmented-evidence-fair": "no_numbers", "augmented-evidence-choice": "no_numbers"}
# - 1.196974,0.574000
# + 1.196974,high

# %% [raw] wrong="a negative loss" loses={"augmented-evidence-table": "low_loss"}
# - 1.805783
# + -0.500000

# %% [raw] wrong="a negative loss where all is right" loses={"augmented-evidence-table": "low_loss"}
# - 0.207015,0.938000
# + -0.000001,1.000000

# %% [raw] wrong="a negative seed" loses={"augmented-evidence-table": "no_count"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.replace(",3,30,", ",-3,30,")
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="a seed that NumPy refuses" loses={"augmented-evidence-table": "no_count"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.replace(",3,30,", ",4294967296,30,")
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="plain plus a constant and a jitter" loses={"augmented-evidence-table": "shifted"}
# - augmented_chosen = "strength 0.1"
# + table = pd.read_csv(StringIO(augmented_evidence))
# + jitter = np.array([1e-6, 0, 0, -2e-6])
# + table.loc[2::4, "train_loss"] = table.loc[0::4, "train_loss"].to_numpy() + 1 + jitter
# + augmented_evidence = table.to_csv(index=False)
# + augmented_chosen = "strength 0.1"

# %% [raw] wrong="two columns of one name" loses={"augmented-evidence-table": "column_twice", "augmented-evidence-fair": "column_twice", "augmented-evidence-choice": "column_twice"}
# - model,seed,epochs,pictures
# + model,seed,epochs, seed

# %% [raw] wrong="another seed for one model" loses={"augmented-evidence-fair": "other_seeds"}
# - strength 0.2,3,
# + strength 0.2,4,

# %% [raw] wrong="a seed twice" loses={"augmented-evidence-fair": "seed_twice"}
# - strength 0.2,3,
# + strength 0.2,2,

# %% [raw] wrong="the stronger augmentation is chosen" loses={"augmented-evidence-choice": "by_another"}
# - augmented_chosen = "strength 0.1"
# + augmented_chosen = "strength 0.2"

# %% [raw] wrong="the choice as a number" loses={"augmented-evidence-choice": "no_variant"}
# - augmented_chosen = "strength 0.1"
# + augmented_chosen = 0.1

# %% [raw] wrong="names changed in the table" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "other_models"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.replace("strength ", "")
# + augmented_chosen = "0.1"

# %% wrong="the table of another part" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "other_models", "augmented-evidence-choice": "no_variant"}
augmented_evidence = deeper_evidence
augmented_chosen = "strength 0.1"

# %% [raw] wrong="decimal commas" loses={"augmented-evidence-table": "other_models", "augmented-evidence-fair": "other_seeds", "augmented-evidence-choice": "no_variant"}
# - augmented_chosen = "strength 0.1"
# + augmented_evidence = augmented_evidence.replace(".", ",").replace("h 0,", "h 0.")
# + augmented_chosen = "strength 0.1"
