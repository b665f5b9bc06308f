"""What can be wrong with arrays and pictures that are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, advice, error, warning

ARRAYS: Final[Mapping[str, ProblemKind]] = {
    "data_no_target": error(
        "{path} has no array to predict beside “{array}”. Let it be what is predicted as well, as "
        "an autoencoder does, or name a file with a target."
    ),
    "data_of_objects": error(
        "{path}: the array “{array}” holds Python objects, which are not read, for they may run "
        "anything. Save it as numbers or words, such as with array.astype(float)."
    ),
    "pictures_of_many_levels": advice(
        "{path}: there are pictures of 16 bits or of floats. Each is scaled from its darkest to "
        "its brightest value; “levels” can take the range of their format instead."
    ),
    "pictures_of_no_classes": error(
        "{path}: {count} pictures, but no two folders of classes ({got} found). Let the pictures "
        "be predicted themselves, as an autoencoder does, or name a table with their labels."
    ),
    "pictures_without_partners": error(
        "{path}: nothing was found that belongs to its pictures. Masks and pictures to be made lie "
        "in a folder of their own, such as “masks” beside “images”, or end in _mask."
    ),
    "pictures_of_pairs": advice(
        "{path}: pictures have partners, which are to be predicted, such as {partner} of {first}."
    ),
    "pictures_unpaired": advice(
        "{path}: two kinds of pictures that are no partners of each other, {first} and {second}. "
        "They stand beside each other in no order that means anything, the fewer several times."
    ),
    "pictures_of_halves": advice(
        "{path}: each picture holds two squares beside each other. The {entering} one enters, and "
        "the {wanted} one is to be made of it."
    ),
    "pictures_of_one_kind": error(
        "{path}: pictures of two kinds lie in folders such as trainA and trainB, or in two folders "
        "({got} found)."
    ),
    "pictures_of_outlines": advice(
        "{path}: objects are marked in the form of {form}. Masks are drawn of their outlines, in "
        "{count} classes and the background; boxes are not predicted."
    ),
    "pictures_of_main_objects": advice(
        "{path}: objects are marked in the form of {form}. Each picture has the class of its "
        "largest object; boxes are not predicted."
    ),
    "pictures_only_boxes": error(
        "{path}: objects are marked by boxes alone, in the form of {form}, of which no masks can "
        "be drawn."
    ),
    "pictures_masks_cut": advice(
        "{path}: masks are black and white with levels in between, such as JPEG leaves. What is "
        "darker than the middle is one class, the rest another."
    ),
    "masks_ignored": advice(
        "{path}: places of masks with the value {value} are of no class: they count for nothing, "
        "neither in losses nor in figures."
    ),
    "masks_lack_value": error(
        "{path}: no mask has the value “{got}”, which is to be ignored. There are: {found}."
    ),
    "masks_looked_at": advice(
        "{path}: masks are read as they are needed. {count} of them, spread evenly, tell their "
        "{classes} classes; one with any other value is left out while training, which is told."
    ),
    "pictures_of_several_frames": advice(
        "{path}: there are pictures with several frames or pages. The first of each is read."
    ),
    "pictures_unreadable": warning(
        "Pictures that could not be read while training, and are left out: {count}. The first: "
        "{first}."
    ),
    "pictures_read_as_needed": advice(
        "{path}: pictures are read as they are needed while training. Mean and deviation are those "
        "of {count} training pictures, spread evenly; one that cannot be read is left out then."
    ),
    "data_is_pickle": error(
        "{path} is a pickle of Python, which may run anything when it is opened, so it is not "
        "read. If you trust it, save what is in it once, such as by "
        "numpy.savez('data.npz', x=x, y=y)."
    ),
    "data_is_cifar": error(
        "{path} is a pickle of Python, as CIFAR comes in, which may run anything when it is "
        "opened, so it is not read. If you trust it, save it once: d = pickle.load(open(file, "
        "'rb'), encoding='bytes'), then numpy.savez('cifar.npz', x=d[b'data'].reshape(-1, 3, 32, "
        "32), y=d[b'labels'])."
    ),
    "data_is_matlab": error(
        "{path} is a file of MATLAB before version 7.3, which is not read. Save it anew there with "
        "save -v7.3, or save its arrays once: d = scipy.io.loadmat(file), then "
        "numpy.savez('data.npz', X=d['X'], y=d['y'])."
    ),
    "data_is_torch": error(
        "{path} is a file of PyTorch, which is not read as data. Save its tensors once: "
        "numpy.savez('data.npz', x=x.numpy(), y=y.numpy())."
    ),
    "data_is_medical": error(
        "{path} holds medical pictures in a form that is not read. Save them once as PNG or as an "
        "array, such as with pydicom or nibabel and numpy.savez."
    ),
    "data_is_records": error(
        "{path} holds records of another library, which are not read. Save them once as arrays "
        "(.npz), as a table (.csv, .parquet) or as files in folders."
    ),
    "data_is_workbook": error(
        "{path} is a workbook in a form that is not read. Save it once as .xlsx or as CSV."
    ),
    "data_is_placeholder": error(
        "{path} stands for a file that Git LFS has not fetched. Fetch it first: git lfs pull."
    ),
    "data_is_web_page": error(
        "{path} is a page of the web and no table, as comes of a download that went wrong. Open it "
        "in a browser to see what it says, then download the data again."
    ),
    "data_is_statistics": error(
        "{path} is a table of another program, which is not read. Save it once as CSV or Parquet."
    ),
    "data_is_database": error(
        "{path} is a database, or the text of one, which is not read. Save the table that is meant "
        "as CSV once, such as with pandas.read_sql(…).to_csv('data.csv', index=False)."
    ),
    "data_is_weka": error(
        "{path} is a table of Weka, which is not read. Save it as CSV once: delete all lines up to "
        "@DATA and name the columns in the first one, or use scipy.io.arff and pandas."
    ),
    "data_is_sparse": error(
        "{path} is in the form of LIBSVM, index:value, which is not read. Save it as arrays once: "
        "X, y = sklearn.datasets.load_svmlight_file(file), then numpy.savez('data.npz', "
        "X=X.toarray(), y=y)."
    ),
    "folder_of_other_files": error(
        "{path} holds no pictures, but other files of data: {names}. Take one of them."
    ),
    "folder_of_arrays": error(
        "{path} holds arrays in files of their own. Save them in one once, such as with "
        "numpy.savez('data.npz', {names})."
    ),
    "labels_guessed": advice(
        "{path}: no column is called like one of labels. Those of the last one, “{column}”, are "
        "taken."
    ),
    "data_is_archive": error("{path} is an archive. Unpack it, then name the folder."),
    "data_is_video": error(
        "{path} is a video, which is not read. Save its frames as pictures in folders of classes."
    ),
    "data_is_picture": error(
        "{path} is a single picture. Name the folder that holds the pictures."
    ),
    "pictures_left_out": advice(
        "{path}: files left out, for they cannot be read as pictures with a class or partner: "
        "{count} ({names}). The first: {reason}."
    ),
    "data_arrays_left_out": advice(
        "{path}: these arrays have other numbers of samples, and are left out: {names}."
    ),
    "array_filled": warning(
        "{path}: values of “{array}” that are no number: {count}, the first at {first}; samples "
        "that have any: {samples}. They are filled with {filling}."
    ),
    "array_incomplete_left_out": warning(
        "{path}: values of “{array}” that are no number: {count}, the first at {first}. Samples "
        "that have any are left out: {samples}."
    ),
    "data_missing_values": error(
        "{path}: “{array}” has values that are no number. “missing” says what becomes of them: "
        "the mean of the training samples, or their samples are left out."
    ),
    "split_word_training": warning(
        "{path}: samples that the array which splits them calls “{word}”: {count}. They train."
    ),
    "split_word_validation": advice(
        "{path}: samples that the array which splits them calls “{word}”: {count}. They validate."
    ),
    "split_word_test": advice(
        "{path}: samples that the array which splits them calls “{word}”: {count}. They test."
    ),
    "split_word_leave_out": advice(
        "{path}: samples that the array which splits them calls “{word}”: {count}. They are left "
        "out."
    ),
    "array_feeds_several": warning(
        "“{array}” feeds several Inputs: {inputs}. Choose another array for one of them, or this "
        "one for each."
    ),
}
"""Every problem code of arrays and pictures with its severity and sentence."""
