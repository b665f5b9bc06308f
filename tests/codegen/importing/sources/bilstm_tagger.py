# inputs: 12:int64
import torch
import torch.nn as nn

START_TAG, STOP_TAG = "<START>", "<STOP>"
tag_to_ix = {"B": 0, "I": 1, "O": 2, START_TAG: 3, STOP_TAG: 4}
EMBEDDING_DIM = 10
HIDDEN_DIM = 16
word_to_ix = {w: i for i, w in enumerate("the wall street journal reported today that apple".split())}


class BiLSTM_Tagger(nn.Module):
    def __init__(self, vocab_size, tag_to_ix, embedding_dim, hidden_dim):
        super(BiLSTM_Tagger, self).__init__()
        self.embedding_dim = embedding_dim
        self.hidden_dim = hidden_dim
        self.tag_to_ix = tag_to_ix
        self.tagset_size = len(tag_to_ix)
        self.word_embeds = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(embedding_dim, hidden_dim // 2, num_layers=1, bidirectional=True, batch_first=True)
        self.hidden2tag = nn.Linear(hidden_dim, self.tagset_size)
        for name, param in self.lstm.named_parameters():
            if "weight" in name:
                nn.init.orthogonal_(param)
            elif "bias" in name:
                nn.init.zeros_(param)

    def init_hidden(self, batch):
        return (torch.zeros(2, batch, self.hidden_dim // 2), torch.zeros(2, batch, self.hidden_dim // 2))

    def _get_lstm_features(self, sentence):
        self.hidden = self.init_hidden(sentence.size(0))
        embeds = self.word_embeds(sentence)
        lstm_out, self.hidden = self.lstm(embeds, self.hidden)
        return self.hidden2tag(lstm_out)

    def forward(self, sentence):
        return self._get_lstm_features(sentence).log_softmax(dim=-1)


model = BiLSTM_Tagger(len(word_to_ix), tag_to_ix, EMBEDDING_DIM, HIDDEN_DIM)
