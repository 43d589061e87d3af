# %% [markdown]
# Answers to the item `deeper-evidence`.

# %% [raw] right="three seeds, the choice computed"
# - plain,3,30,500,0.364434,0.884000,2.010295,0.538000
# - 4 blocks,3,30,500,0.603910,0.802000,1.272615,0.619000
# - 5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000
#
# - "5 blocks"
# + mean_accuracies(deeper_evidence)["validation_accuracy"].drop("plain").idxmax()

# %% right="another machine: rows by model, other seeds, 4 blocks are better"
deeper_evidence = '''
model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy
4 blocks,7,12,250,0.716405,0.764000,2.847128,0.271000
4 blocks,21,12,250,1.355199,0.560000,2.310709,0.310000
4 blocks,42,12,250,1.359459,0.552000,2.228369,0.324000
5 blocks,7,12,250,1.792312,0.316000,2.258710,0.249000
5 blocks,21,12,250,1.755745,0.372000,2.120237,0.280000
5 blocks,42,12,250,1.483364,0.432000,2.118678,0.278000
plain,7,12,250,0.445510,0.924000,2.573139,0.322000
plain,21,12,250,0.275713,0.920000,3.467596,0.304000
plain,42,12,250,0.601408,0.840000,2.552416,0.309000
'''
deeper_chosen = "4 blocks"

# %% [raw] right="an index in front, two more columns, blanks around the choice"
# - deeper_chosen = "5 blocks"
# + table = pd.read_csv(StringIO(deeper_evidence)).assign(minutes=0.4, note="")
# + deeper_evidence = table.to_csv()
# + deeper_chosen = " 5 blocks "

# %% [raw] right="the line ends of Windows, a look at the means and at all names"
# - deeper_chosen = "5 blocks"
# + deeper_evidence = deeper_evidence.replace("\n", "\r\n")
# + deeper_chosen = "5 blocks"
# + print(mean_accuracies(deeper_evidence))
# + %whos

# %% [raw] right="a tie"
# - 1.380817,0.636000
# + 1.380817,0.860000
# - deeper_chosen = "5 blocks"
# + deeper_chosen = "4 blocks"

# %% wrong="not written" loses={"deeper-evidence-table": "error", "deeper-evidence-fair": "error", "deeper-evidence-choice": "error"}
raise NotImplementedError()

# %% [raw] wrong="quotation marks for one line" loses={"deeper-evidence-table": "error", "deeper-evidence-fair": "error", "deeper-evidence-choice": "error"}
# - deeper_evidence = """
# + deeper_evidence = "

# %% [raw] wrong="a model is missing" loses={"deeper-evidence-table": "other_models", "deeper-evidence-fair": "other_models"}
# - 4 blocks,0,30,500,0.342173,0.888000,1.380817,0.636000
#
# - 4 blocks,1,30,500,0.388754,0.870000,1.673962,0.565000
#
# - 4 blocks,2,30,500,0.701853,0.778000,1.587635,0.504000
#
# - 4 blocks,3,30,500,0.603910,0.802000,1.272615,0.619000

# %% [raw] wrong="no first line" loses={"deeper-evidence-table": "other_columns", "deeper-evidence-fair": "other_columns", "deeper-evidence-choice": "other_columns"}
# - model,seed,epochs,pictures,train_loss,train_accuracy,validation_loss,validation_accuracy

# %% wrong="empty" loses={"deeper-evidence-table": "unreadable", "deeper-evidence-fair": "unreadable", "deeper-evidence-choice": "unreadable"}
deeper_evidence = ""
deeper_chosen = "5 blocks"

# %% [raw] wrong="an empty cell" loses={"deeper-evidence-table": "no_numbers", "deeper-evidence-fair": "no_numbers", "deeper-evidence-choice": "no_numbers"}
# - 1.673962,0.565000
# + 1.673962,

# %% [raw] wrong="per cent" loses={"deeper-evidence-table": "percentages"}
# - 1.805783,0.599000
# + 1.805783,59.900000

# %% [raw] wrong="no share of 1,000 pictures" loses={"deeper-evidence-table": "no_share"}
# - 1.673962,0.565000
# + 1.673962,0.565340

# %% [raw] wrong="no share of 500 pictures" loses={"deeper-evidence-table": "no_share"}
# - 0.207015,0.938000
# + 0.207015,0.939000

# %% [raw] wrong="a row copied under another seed" loses={"deeper-evidence-table": "copied"}
# - 0.179302,0.946000,1.715912,0.636000
# + 0.207015,0.938000,1.805783,0.599000

# %% [raw] wrong="plain plus a constant" loses={"deeper-evidence-table": "shifted"}
# - deeper_chosen = "5 blocks"
# + table = pd.read_csv(StringIO(deeper_evidence))
# + table.loc[1::3, "train_loss"] = table.loc[0::3, "train_loss"].to_numpy() + 0.01
# + deeper_evidence = table.to_csv(index=False)
# + deeper_chosen = "5 blocks"

# %% [raw] wrong="two seeds" loses={"deeper-evidence-fair": "few_seeds"}
# - plain,2,30,500,0.376872,0.868000,1.834122,0.549000
# - 4 blocks,2,30,500,0.701853,0.778000,1.587635,0.504000
# - 5 blocks,2,30,500,0.883876,0.702000,1.359916,0.596000
# - plain,3,30,500,0.364434,0.884000,2.010295,0.538000
# - 4 blocks,3,30,500,0.603910,0.802000,1.272615,0.619000
# - 5 blocks,3,30,500,0.827986,0.718000,1.247268,0.609000

# %% [raw] wrong="more epochs for one run" loses={"deeper-evidence-fair": "changed"}
# - 5 blocks,0,30,
# + 5 blocks,0,60,

# %% wrong="a test table" loses={"deeper-evidence-table": "other_columns", "deeper-evidence-fair": "other_columns", "deeper-evidence-choice": "other_columns"}
deeper_evidence = """
model,seed,test_loss,test_accuracy
plain,0,2.006580,0.573000
5 blocks,0,1.207058,0.648000
"""
deeper_chosen = "5 blocks"

# %% [raw] wrong="a single run decides the choice" loses={"deeper-evidence-choice": "by_another"}
# - 1.187814,0.657000
# + 1.187814,0.257000

# %% [raw] wrong="the choice by loss" loses={"deeper-evidence-choice": "by_another"}
# - 1.380817,0.636000
# + 1.380817,0.936000

# %% [raw] wrong="plain is chosen" loses={"deeper-evidence-choice": "compared"}
# - deeper_chosen = "5 blocks"
# + deeper_chosen = "plain"

# %% [raw] wrong="no choice" loses={"deeper-evidence-choice": "missing"}
# - deeper_chosen = "5 blocks"

# %% [raw] wrong="the choice by training accuracy" loses={"deeper-evidence-choice": "by_training"}
# - deeper_chosen = "5 blocks"
# + deeper_chosen = "4 blocks"
