<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Action</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Export Code…</source>
        <translation>导出代码…</translation>
    </message>
    <message>
        <source>Save Picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Open the Last Project</source>
        <translation>打开上一个项目</translation>
    </message>
    <message>
        <source>Welcome and Examples</source>
        <translation>欢迎页与示例</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Rename and Edit</source>
        <translation>重命名并编辑</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>New Custom Layer…</source>
        <translation>新建自定义层…</translation>
    </message>
    <message>
        <source>Allowed Code…</source>
        <translation>已允许的代码…</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Open Block</source>
        <translation>打开模块</translation>
    </message>
    <message>
        <source>Leave Block</source>
        <translation>退出模块</translation>
    </message>
    <message>
        <source>Make Block</source>
        <translation>创建模块</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Repeat…</source>
        <translation>重复…</translation>
    </message>
    <message>
        <source>Detach Block</source>
        <translation>分离模块</translation>
    </message>
    <message>
        <source>Share Weights</source>
        <translation>共享权重</translation>
    </message>
    <message>
        <source>Stop Sharing</source>
        <translation>停止共享</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the Network</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Lower Panels</source>
        <translation>下方面板</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Light or Dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Follow the System&apos;s Theme</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>All Commands…</source>
        <translation>所有命令…</translation>
    </message>
    <message>
        <source>Start Training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Pause Training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Train One Step</source>
        <translation>训练一步</translation>
    </message>
    <message>
        <source>Stop Training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Experiments So Far…</source>
        <translation>以往的实验…</translation>
    </message>
    <message>
        <source>About Layerweft</source>
        <translation>关于 Layerweft</translation>
    </message>
    <message>
        <source>Delete and Reconnect</source>
        <translation>删除并重新连接</translation>
    </message>
    <message>
        <source>Find a Node…</source>
        <translation>查找节点…</translation>
    </message>
    <message>
        <source>Find a Layer to Add</source>
        <translation>查找要添加的层</translation>
    </message>
    <message>
        <source>Add Layer…</source>
        <translation>添加层…</translation>
    </message>
    <message>
        <source>Insert Layer into the Wire…</source>
        <translation>在连线中插入层…</translation>
    </message>
    <message>
        <source>Follow the Wire</source>
        <translation>沿连线前进</translation>
    </message>
    <message>
        <source>Follow the Wire Back</source>
        <translation>沿连线后退</translation>
    </message>
    <message>
        <source>Frame the Selection</source>
        <translation>显示所选内容</translation>
    </message>
    <message>
        <source>Flow Left to Right</source>
        <translation>从左到右排布</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Left Panel</source>
        <translation>左侧面板</translation>
    </message>
    <message>
        <source>Right Panel</source>
        <translation>右侧面板</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Open Data…</source>
        <translation>打开数据…</translation>
    </message>
    <message>
        <source>Open a Folder of Data…</source>
        <translation>打开数据文件夹…</translation>
    </message>
    <message>
        <source>Find a Learning Rate…</source>
        <translation>寻找学习率…</translation>
    </message>
    <message>
        <source>Experiment…</source>
        <translation>实验…</translation>
    </message>
    <message>
        <source>Colour by Family</source>
        <translation>按类别着色</translation>
    </message>
    <message>
        <source>Colour by Gradient Norm</source>
        <translation>按梯度范数着色</translation>
    </message>
    <message>
        <source>Colour by Update per Weight</source>
        <translation>按更新与权重之比着色</translation>
    </message>
    <message>
        <source>Colour by Mean of Outputs</source>
        <translation>按输出均值着色</translation>
    </message>
    <message>
        <source>Colour by Deviation of Outputs</source>
        <translation>按输出标准差着色</translation>
    </message>
    <message>
        <source>Colour by Share of Zeros</source>
        <translation>按零的比例着色</translation>
    </message>
    <message>
        <source>Colour by Saturation</source>
        <translation>按饱和程度着色</translation>
    </message>
    <message>
        <source>Colour by Time</source>
        <translation>按耗时着色</translation>
    </message>
    <message>
        <source>Colour by Memory</source>
        <translation>按内存着色</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Colour by Dead Units</source>
        <translation>按失活单元着色</translation>
    </message>
    <message>
        <source>Measure a Step…</source>
        <translation>测量一个训练步…</translation>
    </message>
    <message>
        <source>Import Code or a Model…</source>
        <translation>导入代码或模型…</translation>
    </message>
    <message>
        <source>Prune a Trained Network…</source>
        <translation>剪枝已训练的网络…</translation>
    </message>
    <message>
        <source>Compare Learning Rates…</source>
        <translation>比较学习率…</translation>
    </message>
    <message>
        <source>Compare Optimizers…</source>
        <translation>比较优化器…</translation>
    </message>
    <message>
        <source>Compare Schedules…</source>
        <translation>比较调度…</translation>
    </message>
    <message>
        <source>Compare Depths…</source>
        <translation>比较深度…</translation>
    </message>
    <message>
        <source>Compare Five Seeds…</source>
        <translation>比较五个随机种子…</translation>
    </message>
    <message>
        <source>With and Without Dropout…</source>
        <translation>有无 Dropout…</translation>
    </message>
    <message>
        <source>With and Without Batch Norm…</source>
        <translation>有无批归一化…</translation>
    </message>
    <message>
        <source>With and Without L1 Penalty…</source>
        <translation>有无 L1 惩罚…</translation>
    </message>
    <message>
        <source>With and Without L2 Penalty…</source>
        <translation>有无 L2 惩罚…</translation>
    </message>
    <message>
        <source>With and Without Early Stopping…</source>
        <translation>有无提前停止…</translation>
    </message>
    <message>
        <source>With and Without Augmentation…</source>
        <translation>有无数据增强…</translation>
    </message>
</context>
<context>
    <name>AddingMenu</name>
    <message>
        <source>The usual panels</source>
        <translation>默认面板</translation>
    </message>
</context>
<context>
    <name>AllowText</name>
    <message>
        <source>Python that yields samples</source>
        <translation>产生样本的 Python</translation>
    </message>
    <message>
        <source>This text has not run on this computer. Once allowed, it runs with all your rights, in a process of its own, whenever these data are read. A changed text has to be allowed again.</source>
        <translation>此文本尚未在此计算机上运行过。一旦允许，每当读取这些数据时，它就在单独的进程中以您的全部权限运行。更改后的文本需要重新允许。</translation>
    </message>
    <message>
        <source>Python text</source>
        <translation>Python 文本</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The permission could not be kept: {0}</source>
        <translation>无法保存许可：{0}</translation>
    </message>
</context>
<context>
    <name>AllowedCode</name>
    <message>
        <source>Allowed code</source>
        <translation>已允许的代码</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The permission could not be taken back: {0}</source>
        <translation>无法收回许可：{0}</translation>
    </message>
    <message>
        <source>Select a layer in the list first.</source>
        <translation>请先在列表中选择一个层。</translation>
    </message>
    <message>
        <source>Texts that may run</source>
        <translation>允许运行的文本</translation>
    </message>
    <message>
        <source>The Python text</source>
        <translation>Python 文本</translation>
    </message>
    <message>
        <source>These custom layers and texts that yield samples run on this computer in any project, with all your rights. What you revoke stays where it is and runs no more.</source>
        <translation>这些自定义层和生成样本的文本可在本机的任何项目中以您的全部权限运行。撤销后它们仍留在原处，但不再运行。</translation>
    </message>
    <message>
        <source>No Python text may run on this computer.</source>
        <translation>本机不允许运行任何 Python 文本。</translation>
    </message>
    <message>
        <source>Samples of your own</source>
        <translation>您自己的样本</translation>
    </message>
    <message>
        <source>Text without a layer</source>
        <translation>不含层的文本</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>{0} right</source>
        <translation>{0} 正确</translation>
    </message>
    <message>
        <source>true: {0}</source>
        <translation>真实：{0}</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>模型看到的样子</translation>
    </message>
</context>
<context>
    <name>ArchiveImport</name>
    <message>
        <source>Import a Model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>{0} is read as data and never run. What cannot be drawn is named here, and a custom layer stands in its place.</source>
        <translation>{0} 只作为数据读取，从不运行。无法绘制的内容会在此列出，并由自定义层代替。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The sizes of each input without the batch, such as 3x224x224, or T:int64 for tokens; several with a space between them.</source>
        <translation>每个输入不含批次的大小，例如 3x224x224；词元用 T:int64；多个输入以空格分隔。</translation>
    </message>
</context>
<context>
    <name>ArgumentForm</name>
    <message>
        <source>Set {0}</source>
        <translation>设置 {0}</translation>
    </message>
    <message>
        <source>Reset {0}</source>
        <translation>重置 {0}</translation>
    </message>
    <message>
        <source>Add parameter {0}</source>
        <translation>添加参数 {0}</translation>
    </message>
    <message>
        <source>It has the arguments and weights of {0}.</source>
        <translation>它使用 {0} 的参数和权重。</translation>
    </message>
</context>
<context>
    <name>ArrangementSection</name>
    <message>
        <source>in sequence</source>
        <translation>依次串联</translation>
    </message>
    <message>
        <source>in a loop, same weights</source>
        <translation>循环，共用权重</translation>
    </message>
    <message>
        <source>side by side, concatenated</source>
        <translation>并列，拼接</translation>
    </message>
    <message>
        <source>side by side, summed</source>
        <translation>并列，相加</translation>
    </message>
    <message>
        <source>side by side, stacked</source>
        <translation>并列，堆叠</translation>
    </message>
    <message>
        <source>arranged</source>
        <translation>排列方式</translation>
    </message>
    <message>
        <source>How the repeats of the block follow one another.</source>
        <translation>模块的各次重复如何排列。</translation>
    </message>
    <message>
        <source>The dimension along which what they give is joined.</source>
        <translation>各次输出沿哪一维合并。</translation>
    </message>
    <message>
        <source>Arrange Repeats</source>
        <translation>排列重复</translation>
    </message>
</context>
<context>
    <name>Arranging</name>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Flow Top to Bottom</source>
        <translation>从上到下排布</translation>
    </message>
    <message>
        <source>Flow Left to Right</source>
        <translation>从左到右排布</translation>
    </message>
    <message>
        <source>Not arranged: the network keeps changing meanwhile.</source>
        <translation>未排列：网络在此期间不断改动。</translation>
    </message>
    <message>
        <source>The network was edited meanwhile: it is arranged anew.</source>
        <translation>网络在此期间被编辑，正在重新排列。</translation>
    </message>
</context>
<context>
    <name>ArrayName</name>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>sepal length</source>
        <translation>花萼长度</translation>
    </message>
    <message>
        <source>sepal width</source>
        <translation>花萼宽度</translation>
    </message>
    <message>
        <source>petal length</source>
        <translation>花瓣长度</translation>
    </message>
    <message>
        <source>petal width</source>
        <translation>花瓣宽度</translation>
    </message>
    <message>
        <source>alcohol</source>
        <translation>酒精</translation>
    </message>
    <message>
        <source>malic acid</source>
        <translation>苹果酸</translation>
    </message>
    <message>
        <source>ash</source>
        <translation>灰分</translation>
    </message>
    <message>
        <source>alcalinity of ash</source>
        <translation>灰分碱度</translation>
    </message>
    <message>
        <source>magnesium</source>
        <translation>镁</translation>
    </message>
    <message>
        <source>total phenols</source>
        <translation>总酚</translation>
    </message>
    <message>
        <source>flavanoids</source>
        <translation>黄酮类</translation>
    </message>
    <message>
        <source>nonflavanoid phenols</source>
        <translation>非黄酮酚</translation>
    </message>
    <message>
        <source>proanthocyanins</source>
        <translation>原花青素</translation>
    </message>
    <message>
        <source>color intensity</source>
        <translation>颜色强度</translation>
    </message>
    <message>
        <source>hue</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>od280/od315 of diluted wines</source>
        <translation>稀释酒的 OD280/OD315</translation>
    </message>
    <message>
        <source>proline</source>
        <translation>脯氨酸</translation>
    </message>
    <message>
        <source>mean radius</source>
        <translation>平均半径</translation>
    </message>
    <message>
        <source>mean texture</source>
        <translation>平均纹理</translation>
    </message>
    <message>
        <source>mean perimeter</source>
        <translation>平均周长</translation>
    </message>
    <message>
        <source>mean area</source>
        <translation>平均面积</translation>
    </message>
    <message>
        <source>mean smoothness</source>
        <translation>平均光滑度</translation>
    </message>
    <message>
        <source>mean compactness</source>
        <translation>平均紧密度</translation>
    </message>
    <message>
        <source>mean concavity</source>
        <translation>平均凹度</translation>
    </message>
    <message>
        <source>mean concave points</source>
        <translation>平均凹点数</translation>
    </message>
    <message>
        <source>mean symmetry</source>
        <translation>平均对称性</translation>
    </message>
    <message>
        <source>mean fractal dimension</source>
        <translation>平均分形维数</translation>
    </message>
    <message>
        <source>radius error</source>
        <translation>半径误差</translation>
    </message>
    <message>
        <source>texture error</source>
        <translation>纹理误差</translation>
    </message>
    <message>
        <source>perimeter error</source>
        <translation>周长误差</translation>
    </message>
    <message>
        <source>area error</source>
        <translation>面积误差</translation>
    </message>
    <message>
        <source>smoothness error</source>
        <translation>光滑度误差</translation>
    </message>
    <message>
        <source>compactness error</source>
        <translation>紧密度误差</translation>
    </message>
    <message>
        <source>concavity error</source>
        <translation>凹度误差</translation>
    </message>
    <message>
        <source>concave points error</source>
        <translation>凹点数误差</translation>
    </message>
    <message>
        <source>symmetry error</source>
        <translation>对称性误差</translation>
    </message>
    <message>
        <source>fractal dimension error</source>
        <translation>分形维数误差</translation>
    </message>
    <message>
        <source>worst radius</source>
        <translation>最差半径</translation>
    </message>
    <message>
        <source>worst texture</source>
        <translation>最差纹理</translation>
    </message>
    <message>
        <source>worst perimeter</source>
        <translation>最差周长</translation>
    </message>
    <message>
        <source>worst area</source>
        <translation>最差面积</translation>
    </message>
    <message>
        <source>worst smoothness</source>
        <translation>最差光滑度</translation>
    </message>
    <message>
        <source>worst compactness</source>
        <translation>最差紧密度</translation>
    </message>
    <message>
        <source>worst concavity</source>
        <translation>最差凹度</translation>
    </message>
    <message>
        <source>worst concave points</source>
        <translation>最差凹点数</translation>
    </message>
    <message>
        <source>worst symmetry</source>
        <translation>最差对称性</translation>
    </message>
    <message>
        <source>worst fractal dimension</source>
        <translation>最差分形维数</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>bmi</source>
        <translation>体重指数</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>Availability</name>
    <message>
        <source>There is no such panel here.</source>
        <translation>此工作区没有这样的面板。</translation>
    </message>
    <message>
        <source>Select a layer first.</source>
        <translation>请先选择一个层。</translation>
    </message>
    <message>
        <source>Select a layer or wire first.</source>
        <translation>请先选择一个层或一条连线。</translation>
    </message>
    <message>
        <source>Select a single layer first.</source>
        <translation>请先只选择一个层。</translation>
    </message>
    <message>
        <source>Select a wire first.</source>
        <translation>请先选择一条连线。</translation>
    </message>
    <message>
        <source>The drawing is not in view.</source>
        <translation>图不在视野中。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>当前没有训练在运行。</translation>
    </message>
</context>
<context>
    <name>BatchView</name>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>BeginningForm</name>
    <message>
        <source>best weights</source>
        <translation>最佳权重</translation>
    </message>
    <message>
        <source>new weights</source>
        <translation>新权重</translation>
    </message>
    <message>
        <source>A training is running.</source>
        <translation>正在训练。</translation>
    </message>
    <message>
        <source>No run has trained this very network yet.</source>
        <translation>还没有训练过与此完全相同的网络。</translation>
    </message>
    <message>
        <source>Such a run has processes of its own anyway.</source>
        <translation>这样的训练本来就在自己的进程中进行。</translation>
    </message>
    <message>
        <source>Separate process</source>
        <translation>独立进程</translation>
    </message>
    <message>
        <source>Train in a process of its own: safer, and full speed for tiny steps</source>
        <translation>在独立进程中训练：更安全，微小的步也能全速运行</translation>
    </message>
    <message>
        <source>From best weights</source>
        <translation>从最佳权重开始</translation>
    </message>
    <message>
        <source>Begin with the best weights of the last run</source>
        <translation>从上次运行的最佳权重开始</translation>
    </message>
</context>
<context>
    <name>BlockEditing</name>
    <message>
        <source>Inputs and Outputs alone make no block: select layers as well.</source>
        <translation>只有输入和输出不能组成模块：请同时选中一些层。</translation>
    </message>
    <message>
        <source>The block would feed itself: select what lies between as well: {0}.</source>
        <translation>模块会把输出接回自身：请把中间的节点也选中：{0}。</translation>
    </message>
    <message>
        <source>Make Block</source>
        <translation>创建模块</translation>
    </message>
    <message>
        <source>Weights are not shared across the edge of a block: {0} has its own now.</source>
        <translation>权重不能跨模块边界共享：{0} 现在有自己的权重。</translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation>模块名称</translation>
    </message>
    <message>
        <source>{0} cannot be ungrouped: {1}</source>
        <translation>{0} 无法解散：{1}</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>{0} cannot be ungrouped: its formulas would become too long.</source>
        <translation>{0} 无法取消编组：公式会变得过长。</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Detach Block</source>
        <translation>分离模块</translation>
    </message>
    <message>
        <source>{0} has no weights to share.</source>
        <translation>{0} 没有可共享的权重。</translation>
    </message>
    <message>
        <source>Only nodes of one kind can share weights; {0} and {1} differ.</source>
        <translation>只有同类节点才能共享权重；{0} 与 {1} 不同类。</translation>
    </message>
    <message>
        <source>Share Weights</source>
        <translation>共享权重</translation>
    </message>
    <message>
        <source>Stop Sharing</source>
        <translation>停止共享</translation>
    </message>
    <message>
        <source>Select layers first.</source>
        <translation>请先选择层。</translation>
    </message>
    <message>
        <source>Select a block first.</source>
        <translation>请先选择一个模块。</translation>
    </message>
    <message>
        <source>Select a single block or custom layer first.</source>
        <translation>请先只选择一个模块或自定义层。</translation>
    </message>
    <message>
        <source>The canvas shows no block.</source>
        <translation>画布上显示的不是模块内部。</translation>
    </message>
    <message>
        <source>Select a single block, or a layer that gives what it takes.</source>
        <translation>请只选择一个模块，或一个输出与输入形状相同的层。</translation>
    </message>
    <message>
        <source>Select several layers first.</source>
        <translation>请先选择多个层。</translation>
    </message>
    <message>
        <source>Select a layer that shares its weights first.</source>
        <translation>请先选择一个共享权重的层。</translation>
    </message>
    <message>
        <source>Select a single block first.</source>
        <translation>请先只选择一个模块。</translation>
    </message>
    <message>
        <source>The block is used nowhere else.</source>
        <translation>该模块没有用在别处。</translation>
    </message>
</context>
<context>
    <name>BlockMenu</name>
    <message>
        <source>Replace {0} in your library?</source>
        <translation>替换模块库中的 {0}？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Save to my library</source>
        <translation>保存到我的模块库</translation>
    </message>
    <message numerus="yes">
        <source>Delete (used %n time(s))</source>
        <translation>
            <numerusform>删除（使用了 %n 次）</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Delete from my library</source>
        <translation>从我的模块库中删除</translation>
    </message>
    <message>
        <source>Rename to {0}</source>
        <translation>重命名为 {0}</translation>
    </message>
    <message>
        <source>Duplicate {0}</source>
        <translation>创建 {0} 的副本</translation>
    </message>
    <message>
        <source>Delete {0}</source>
        <translation>删除 {0}</translation>
    </message>
    <message>
        <source>Your library has a block called {0} already.</source>
        <translation>你的模块库里已有名为 {0} 的模块。</translation>
    </message>
    <message>
        <source>My Library</source>
        <translation>我的模块库</translation>
    </message>
    <message>
        <source>Delete {0} from your library? Projects that have it keep it.</source>
        <translation>从模块库中删除 {0}？已使用它的项目会保留它。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation>模块名称</translation>
    </message>
    <message>
        <source>{0} could not be changed: {1}</source>
        <translation>无法更改 {0}：{1}</translation>
    </message>
    <message>
        <source>Remove its uses first.</source>
        <translation>请先移除用到它的地方。</translation>
    </message>
    <message>
        <source>Its file cannot be read.</source>
        <translation>无法读取其文件。</translation>
    </message>
</context>
<context>
    <name>BlockSection</name>
    <message>
        <source>Parameters of the block</source>
        <translation>模块的参数</translation>
    </message>
    <message>
        <source>None yet. With parameters such as channels its uses can differ: its nodes have formulas of them.</source>
        <translation>还没有参数。有了像 channels 这样的参数，每次使用就可以不同：模块内的节点用公式引用它们。</translation>
    </message>
    <message>
        <source>Add a parameter</source>
        <translation>添加参数</translation>
    </message>
    <message>
        <source>Save to my library</source>
        <translation>保存到我的模块库</translation>
    </message>
    <message numerus="yes">
        <source>Used %n time(s)</source>
        <translation>
            <numerusform>使用了 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>……还有 {0} 处</translation>
    </message>
    <message>
        <source>Add parameter {0}</source>
        <translation>添加参数 {0}</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Smooths losses and metrics; their values as they are stay faintly in view.</source>
        <translation>平滑损失和指标；原始数值仍以淡色显示。</translation>
    </message>
    <message>
        <source>There are no panels here; + Panel adds one.</source>
        <translation>这里没有面板；点击“+ 面板”添加。</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Add a panel, or take one away</source>
        <translation>添加或移除面板</translation>
    </message>
    <message>
        <source>Export all panels as a picture or a table</source>
        <translation>将所有面板导出为图片或表格</translation>
    </message>
</context>
<context>
    <name>BottomTabs</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
</context>
<context>
    <name>Breadcrumb</name>
    <message>
        <source>Repeat {0} of {1}</source>
        <translation>第 {0} 次，共 {1} 次</translation>
    </message>
    <message>
        <source>Shapes as its Inputs declare them</source>
        <translation>形状取自其输入的声明</translation>
    </message>
    <message>
        <source>Shapes as in {0}</source>
        <translation>形状取自 {0}</translation>
    </message>
</context>
<context>
    <name>CanvasMenu</name>
    <message>
        <source>All Layers</source>
        <translation>所有层</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message numerus="yes">
        <source>Add %n layer(s)</source>
        <translation>
            <numerusform>添加 %n 个层</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Sequences have the batch first, then the steps (batch_first = True).</source>
        <translation>序列的批次在前，时间步在后（batch_first = True）。</translation>
    </message>
    <message>
        <source>Sequences have the steps first, then the batch (batch_first = False).</source>
        <translation>序列的时间步在前，批次在后（batch_first = False）。</translation>
    </message>
    <message>
        <source>Its weights are those of {0}.</source>
        <translation>它的权重就是 {0} 的权重。</translation>
    </message>
    <message>
        <source>Double-click to open the block.</source>
        <translation>双击打开模块。</translation>
    </message>
    <message>
        <source>batch first</source>
        <translation>批次在前</translation>
    </message>
    <message>
        <source>steps first</source>
        <translation>时间步在前</translation>
    </message>
    <message>
        <source>left out unless connected</source>
        <translation>未连接时省略</translation>
    </message>
    <message>
        <source>{0} unless connected</source>
        <translation>未连接时为 {0}</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Save as a picture (PNG, SVG) or a table (CSV)</source>
        <translation>保存为图片（PNG、SVG）或表格（CSV）</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>auto ({0})</source>
        <translation>自动（{0}）</translation>
    </message>
</context>
<context>
    <name>ChoicesBar</name>
    <message>
        <source>Test: {0}</source>
        <translation>测试集：{0}</translation>
    </message>
    <message>
        <source>Validation: {0}</source>
        <translation>验证集：{0}</translation>
    </message>
    <message>
        <source>Training: {0}</source>
        <translation>训练集：{0}</translation>
    </message>
    <message>
        <source>Best weights</source>
        <translation>最佳权重</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后的权重</translation>
    </message>
    <message>
        <source>Samples that the model is asked of</source>
        <translation>让模型预测哪些样本</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Weights: of the best epoch, or the last ones</source>
        <translation>权重：最佳轮次的，或最后的</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} 中的 {0}</translation>
    </message>
</context>
<context>
    <name>ClassName</name>
    <message>
        <source>setosa</source>
        <translation>山鸢尾</translation>
    </message>
    <message>
        <source>versicolor</source>
        <translation>变色鸢尾</translation>
    </message>
    <message>
        <source>virginica</source>
        <translation>维吉尼亚鸢尾</translation>
    </message>
    <message>
        <source>class 0</source>
        <translation>类别 0</translation>
    </message>
    <message>
        <source>class 1</source>
        <translation>类别 1</translation>
    </message>
    <message>
        <source>class 2</source>
        <translation>类别 2</translation>
    </message>
    <message>
        <source>malignant</source>
        <translation>恶性</translation>
    </message>
    <message>
        <source>benign</source>
        <translation>良性</translation>
    </message>
    <message>
        <source>T-shirt/top</source>
        <translation>T 恤</translation>
    </message>
    <message>
        <source>Trouser</source>
        <translation>裤子</translation>
    </message>
    <message>
        <source>Pullover</source>
        <translation>套头衫</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>Coat</source>
        <translation>外套</translation>
    </message>
    <message>
        <source>Sandal</source>
        <translation>凉鞋</translation>
    </message>
    <message>
        <source>Shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>Sneaker</source>
        <translation>运动鞋</translation>
    </message>
    <message>
        <source>Bag</source>
        <translation>包</translation>
    </message>
    <message>
        <source>Ankle boot</source>
        <translation>短靴</translation>
    </message>
    <message>
        <source>face</source>
        <translation>脸</translation>
    </message>
    <message>
        <source>animal</source>
        <translation>动物</translation>
    </message>
    <message>
        <source>food</source>
        <translation>食物</translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation>交通工具</translation>
    </message>
    <message>
        <source>building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>钟表</translation>
    </message>
    <message>
        <source>place 1</source>
        <translation>第 1 处</translation>
    </message>
    <message>
        <source>place 2</source>
        <translation>第 2 处</translation>
    </message>
    <message>
        <source>place 3</source>
        <translation>第 3 处</translation>
    </message>
    <message>
        <source>place 4</source>
        <translation>第 4 处</translation>
    </message>
    <message>
        <source>place 5</source>
        <translation>第 5 处</translation>
    </message>
    <message>
        <source>place 6</source>
        <translation>第 6 处</translation>
    </message>
    <message>
        <source>place 7</source>
        <translation>第 7 处</translation>
    </message>
    <message>
        <source>place 8</source>
        <translation>第 8 处</translation>
    </message>
    <message>
        <source>upper</source>
        <translation>上弯月</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>下弯月</translation>
    </message>
    <message>
        <source>arm 1</source>
        <translation>旋臂 1</translation>
    </message>
    <message>
        <source>arm 2</source>
        <translation>旋臂 2</translation>
    </message>
    <message>
        <source>arm 3</source>
        <translation>旋臂 3</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>different</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>first signal</source>
        <translation>第一个信号</translation>
    </message>
    <message>
        <source>second signal</source>
        <translation>第二个信号</translation>
    </message>
    <message>
        <source>comedy</source>
        <translation>喜剧</translation>
    </message>
    <message>
        <source>history</source>
        <translation>历史剧</translation>
    </message>
    <message>
        <source>tragedy</source>
        <translation>悲剧</translation>
    </message>
</context>
<context>
    <name>ClassWeightsLine</name>
    <message>
        <source>Class weights {0}</source>
        <translation>类别权重 {0}</translation>
    </message>
    <message>
        <source>A yes weighs {0}, a no 1</source>
        <translation>“是”的权重为 {0}，“否”为 1</translation>
    </message>
    <message>
        <source>By how rare each is among the training samples</source>
        <translation>按各类在训练样本中的稀有程度计算</translation>
    </message>
</context>
<context>
    <name>CodeEdits</name>
    <message>
        <source>What says nothing of the drawing, such as a comment, is not kept: the code is written anew from the drawing.</source>
        <translation>与图无关的内容（例如注释）不会保留：代码总是根据图重新生成。</translation>
    </message>
    <message>
        <source>Edit code: {0} of {1}</source>
        <translation>编辑代码：{1} 的 {0}</translation>
    </message>
    <message>
        <source>Edit code: rename {0} to {1}</source>
        <translation>编辑代码：将 {0} 重命名为 {1}</translation>
    </message>
    <message>
        <source>Edit code: add {0}</source>
        <translation>编辑代码：添加 {0}</translation>
    </message>
    <message>
        <source>Edit code: delete {0}</source>
        <translation>编辑代码：删除 {0}</translation>
    </message>
    <message>
        <source>Edit code: {0}</source>
        <translation>编辑代码：{0}</translation>
    </message>
    <message>
        <source>Edit code</source>
        <translation>编辑代码</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>The code appears here once the network has an Input and an Output.</source>
        <translation>网络有了 Input 和 Output 之后，代码就会显示在这里。</translation>
    </message>
    <message>
        <source>The code appears here once the problems are solved.</source>
        <translation>问题解决后，代码会显示在这里。</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>查看问题</translation>
    </message>
    <message>
        <source>Code of the network</source>
        <translation>网络的代码</translation>
    </message>
    <message>
        <source>Discard edits</source>
        <translation>放弃编辑</translation>
    </message>
    <message>
        <source>The network has problems. This is its last code without any; it can be edited once they are solved.</source>
        <translation>网络存在问题。这是没有问题时的最后代码；问题解决后即可编辑。</translation>
    </message>
</context>
<context>
    <name>ColumnWord</name>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>most frequent</source>
        <translation>最常见的值</translation>
    </message>
    <message>
        <source>own value</source>
        <translation>自定的值</translation>
    </message>
    <message>
        <source>a category of its own</source>
        <translation>单独成一类</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>剔除</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>one-hot</source>
        <translation>独热</translation>
    </message>
    <message>
        <source>index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>shares of classes</source>
        <translation>各类别的占比</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>nothing: refuse</source>
        <translation>不填补：拒绝</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天数</translation>
    </message>
</context>
<context>
    <name>ColumnsMenu</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Search columns</source>
        <translation>搜索列</translation>
    </message>
</context>
<context>
    <name>ColumnsView</name>
    <message>
        <source>{0} (proposed)</source>
        <translation>{0}（建议）</translation>
    </message>
    <message>
        <source>As proposed</source>
        <translation>按建议</translation>
    </message>
    <message>
        <source>{0} columns</source>
        <translation>{0} 列</translation>
    </message>
    <message>
        <source>Find a column by its name, role or type</source>
        <translation>按名称、用途或类型查找列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>A value of your own…</source>
        <translation>自定的值…</translation>
    </message>
    <message>
        <source>What stands for a missing value:</source>
        <translation>用什么代替缺失值：</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Type a command, a layer or a name</source>
        <translation>输入命令、层或名称</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有这个名称的项目。</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>the same samples</source>
        <translation>样本相同</translation>
    </message>
    <message>
        <source>other samples</source>
        <translation>样本不同</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>训练设置</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>网络图</translation>
    </message>
    <message>
        <source>as they are split and scaled</source>
        <translation>按划分与缩放之后</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>wires</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>laid otherwise</source>
        <translation>连法不同</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <source>Training {0}</source>
        <translation>训练{0}</translation>
    </message>
    <message>
        <source>Validation {0}</source>
        <translation>验证{0}</translation>
    </message>
    <message>
        <source>{0}, mean of {1}</source>
        <translation>{0}，{1} 次运行的均值</translation>
    </message>
    <message>
        <source>{0} (no epoch finished)</source>
        <translation>{0}（未完成任何轮次）</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>over</source>
        <translation>按</translation>
    </message>
    <message>
        <source>Show on the canvas</source>
        <translation>在画布上显示</translation>
    </message>
    <message>
        <source>Open the project of the second as a copy, with what differs from the first</source>
        <translation>以副本打开第二次运行的项目，并标出与第一次不同之处</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>{0} of {1} right</source>
        <translation>{1} 个中 {0} 个正确</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>% of row</source>
        <translation>占行 %</translation>
    </message>
    <message>
        <source>What the cells tell</source>
        <translation>格子里显示什么</translation>
    </message>
    <message>
        <source>Larger cells (Ctrl+wheel)</source>
        <translation>放大格子（Ctrl+滚轮）</translation>
    </message>
    <message>
        <source>Smaller cells (Ctrl+wheel)</source>
        <translation>缩小格子（Ctrl+滚轮）</translation>
    </message>
</context>
<context>
    <name>CostSection</name>
    <message>
        <source>Cost</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Cost with {0}</source>
        <translation>开销（{0}）</translation>
    </message>
    <message>
        <source>Multiply-adds a sample</source>
        <translation>每个样本的乘加次数</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Activations, batch of {0}</source>
        <translation>激活值（批大小 {0}）</translation>
    </message>
    <message>
        <source>Frozen parameters</source>
        <translation>冻结的参数</translation>
    </message>
    <message>
        <source>Gradients and optimizer</source>
        <translation>梯度与优化器</translation>
    </message>
    <message>
        <source>Training, in all</source>
        <translation>训练合计</translation>
    </message>
    <message>
        <source>Largest batch that fits</source>
        <translation>放得下的最大批</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>{0} and more</source>
        <translation>{0} 或更多</translation>
    </message>
</context>
<context>
    <name>CostsPanel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
</context>
<context>
    <name>CurvesPanel</name>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>CustomLayer</name>
    <message>
        <source>Connect it to something, and its shapes show here.</source>
        <translation>把它接到某处，这里就会显示它的形状。</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>{0} 个参数</translation>
    </message>
</context>
<context>
    <name>DataLine</name>
    <message>
        <source>Look…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>What was read, and what the network is given of it</source>
        <translation>读到了什么，以及网络会得到什么</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n 条提示</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>{0}: chosen here</source>
        <translation>{0}：由您选定</translation>
    </message>
    <message>
        <source>proposed was {0}</source>
        <translation>原建议为{0}</translation>
    </message>
    <message>
        <source>{0}: proposed</source>
        <translation>{0}：建议</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Distinct</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Filled with</source>
        <translation>填补方式</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>正在读取数据…</translation>
    </message>
    <message>
        <source>Drop a file or a folder here, or choose data at the left.</source>
        <translation>把文件或文件夹拖到这里，或在左侧选择数据。</translation>
    </message>
    <message>
        <source>Decide on “{0}”</source>
        <translation>设定“{0}”</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>读到的内容</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Enters as</source>
        <translation>输入方式</translation>
    </message>
    <message>
        <source>With target</source>
        <translation>与目标相关</translation>
    </message>
    <message>
        <source>The data could not be read; why stands at the left.</source>
        <translation>数据无法读取，原因见左侧。</translation>
    </message>
</context>
<context>
    <name>DeletedBar</name>
    <message>
        <source>{0} could not be brought back: {1}</source>
        <translation>无法恢复 {0}：{1}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>已删除 %n 次运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept aside for {0} days.</source>
        <translation>保留 {0} 天，期间可恢复。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DependenceView</name>
    <message>
        <source>One column</source>
        <translation>单个列</translation>
    </message>
    <message>
        <source>click a column at the left</source>
        <translation>点击左侧的列</translation>
    </message>
    <message>
        <source>mean answer by its value</source>
        <translation>按其取值的平均输出</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>DismissButton</name>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Say no more of this here. The Problems tab keeps it.</source>
        <translation>此处不再提示。“问题”标签页里仍会保留。</translation>
    </message>
    <message>
        <source>Bring Back</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>DrawingField</name>
    <message>
        <source>Draw here</source>
        <translation>在这里画</translation>
    </message>
</context>
<context>
    <name>DrawingForm</name>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Width of the brush</source>
        <translation>画笔粗细</translation>
    </message>
    <message>
        <source>Placed and sized as in the data</source>
        <translation>按数据的位置和大小摆放</translation>
    </message>
    <message>
        <source>What is drawn is cut out, scaled and put where the samples have theirs</source>
        <translation>画的内容会被裁出、缩放，放到样本中笔迹所在的位置</translation>
    </message>
    <message>
        <source>Take back the last stroke (Ctrl+Z)</source>
        <translation>撤销上一笔（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Clear (Delete)</source>
        <translation>清空（Delete）</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>The left button draws, the right one erases</source>
        <translation>左键画，右键擦</translation>
    </message>
</context>
<context>
    <name>Duration</name>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
</context>
<context>
    <name>EdgePage</name>
    <message>
        <source>Wire</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>To</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
</context>
<context>
    <name>EditedNote</name>
    <message>
        <source>Edited since: {0}</source>
        <translation>此后有改动：{0}</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>……另有 {0} 项</translation>
    </message>
    <message>
        <source>{0} added</source>
        <translation>添加了 {0}</translation>
    </message>
    <message>
        <source>{0} removed</source>
        <translation>删除了 {0}</translation>
    </message>
    <message>
        <source>wires laid otherwise</source>
        <translation>连线有变</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Click to see it on the canvas</source>
        <translation>点击可在画布上查看</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Add {0}</source>
        <translation>添加 {0}</translation>
    </message>
    <message>
        <source>{0} cannot be used here: it would contain itself.</source>
        <translation>{0} 不能用在这里：它会包含自身。</translation>
    </message>
    <message>
        <source>Insert {0}</source>
        <translation>插入 {0}</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Delete and Reconnect</source>
        <translation>删除并重新连接</translation>
    </message>
    <message>
        <source>The clipboard holds no layers.</source>
        <translation>剪贴板中没有层。</translation>
    </message>
</context>
<context>
    <name>EffectsView</name>
    <message>
        <source>explains {0} %</source>
        <translation>解释 {0} %</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>without</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Mean of the runs with each value ± its standard error; over all the others.</source>
        <translation>各取值的运行均值 ± 标准误；对其余设置取平均。</translation>
    </message>
    <message>
        <source>What a setting explains is the share of the variance that lies between its values (eta squared). Few runs make it large by chance.</source>
        <translation>某设置的解释占比是其各取值之间的方差份额（eta 平方）。运行次数少时，该值会因偶然而偏大。</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
</context>
<context>
    <name>EmptyHint</name>
    <message>
        <source>Begin with {0}</source>
        <translation>从 {0} 开始</translation>
    </message>
    <message>
        <source>Drag a layer here, or press Tab</source>
        <translation>把层拖到这里，或按 Tab 键</translation>
    </message>
    <message>
        <source>… or begin with an example:</source>
        <translation>……或从一个示例开始：</translation>
    </message>
</context>
<context>
    <name>EpochPictures</name>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>After epoch {0}</source>
        <translation>第 {0} 轮之后</translation>
    </message>
</context>
<context>
    <name>EpochSamples</name>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>After epoch {0}</source>
        <translation>第 {0} 轮之后</translation>
    </message>
    <message>
        <source>{0} of {1} right</source>
        <translation>{1} 个中 {0} 个正确</translation>
    </message>
    <message>
        <source>mean loss {0}</source>
        <translation>平均损失 {0}</translation>
    </message>
</context>
<context>
    <name>Essentials</name>
    <message>
        <source>Device to train on</source>
        <translation>训练所用的设备</translation>
    </message>
</context>
<context>
    <name>Example</name>
    <message>
        <source>Train at once</source>
        <translation>马上可以训练</translation>
    </message>
    <message>
        <source>Texts, series and pictures</source>
        <translation>文本、序列与图片</translation>
    </message>
    <message>
        <source>Published networks that see</source>
        <translation>看图像的经典网络</translation>
    </message>
    <message>
        <source>Networks that read and write</source>
        <translation>读写文字的网络</translation>
    </message>
    <message>
        <source>Linear regression</source>
        <translation>线性回归</translation>
    </message>
    <message>
        <source>A straight line through noisy points: one layer, two parameters.</source>
        <translation>用一条直线拟合带噪声的点：一层，两个参数。</translation>
    </message>
    <message>
        <source>Perceptron</source>
        <translation>感知机</translation>
    </message>
    <message>
        <source>One neuron that tells benign tumours from malignant ones by thirty measurements.</source>
        <translation>一个神经元，根据三十项测量值区分良性与恶性肿瘤。</translation>
    </message>
    <message>
        <source>MLP on iris flowers</source>
        <translation>鸢尾花上的 MLP</translation>
    </message>
    <message>
        <source>Three species of iris by four measurements of their flowers.</source>
        <translation>根据花的四项测量值区分三种鸢尾花。</translation>
    </message>
    <message>
        <source>MLP on Fashion-MNIST</source>
        <translation>Fashion-MNIST 上的 MLP</translation>
    </message>
    <message>
        <source>784-512-256-128-10 with dropout tells ten kinds of clothes apart.</source>
        <translation>784-512-256-128-10 并带 dropout，区分十类服饰。</translation>
    </message>
    <message>
        <source>CNN on Fashion-MNIST</source>
        <translation>Fashion-MNIST 上的 CNN</translation>
    </message>
    <message>
        <source>Three blocks of convolution, batch norm and pooling see clothes better than an MLP.</source>
        <translation>三个由卷积、批归一化和池化组成的模块，比 MLP 更会看服饰。</translation>
    </message>
    <message>
        <source>ResNet on digits</source>
        <translation>手写数字上的 ResNet</translation>
    </message>
    <message>
        <source>A small residual network with skip connections reads handwritten digits.</source>
        <translation>带跳跃连接的小型残差网络，识别手写数字。</translation>
    </message>
    <message>
        <source>LSTM on sequences</source>
        <translation>序列上的 LSTM</translation>
    </message>
    <message>
        <source>Which of two pulses comes first? An LSTM remembers.</source>
        <translation>两个脉冲哪个先到？LSTM 记得住。</translation>
    </message>
    <message>
        <source>LeNet-5</source>
        <translation>LeNet-5</translation>
    </message>
    <message>
        <source>The network of 1998 that read the digits on cheques, here on clothes.</source>
        <translation>1998 年识别支票数字的网络，这里用来看服饰。</translation>
    </message>
    <message>
        <source>Which kind of play</source>
        <translation>哪一类戏剧</translation>
    </message>
    <message>
        <source>Passages of Shakespeare: comedy, history or tragedy? An LSTM in both directions reads them, and attention weighs the words.</source>
        <translation>莎士比亚的片段：喜剧、历史剧还是悲剧？双向 LSTM 阅读它们，注意力为词语加权。</translation>
    </message>
    <message>
        <source>Transformer that writes plays</source>
        <translation>写戏剧的 Transformer</translation>
    </message>
    <message>
        <source>It says which letter comes next, and so goes on with nine plays of Shakespeare.</source>
        <translation>它说出下一个字母，从而续写莎士比亚的九部戏剧。</translation>
    </message>
    <message>
        <source>Forecast of sunspots</source>
        <translation>太阳黑子预测</translation>
    </message>
    <message>
        <source>The next year from two cycles: a GRU, and a straight way around it.</source>
        <translation>由两个周期预测下一年：GRU，以及绕过它的直路。</translation>
    </message>
    <message>
        <source>Forecast of carbon dioxide</source>
        <translation>二氧化碳预测</translation>
    </message>
    <message>
        <source>Four weeks ahead from two years at Mauna Loa, by convolutions beside a straight line.</source>
        <translation>由莫纳罗亚两年的数据预测之后四周：卷积与一条直线并行。</translation>
    </message>
    <message>
        <source>Penguins with gaps</source>
        <translation>含缺失值的企鹅</translation>
    </message>
    <message>
        <source>Three species by a table of words and numbers in which values are missing.</source>
        <translation>由含词语和数字、且有缺失值的表格判断三个物种。</translation>
    </message>
    <message>
        <source>ResNet on coloured pictures</source>
        <translation>彩色图片上的 ResNet</translation>
    </message>
    <message>
        <source>Six kinds of things in colours; what it is tested on it has never seen in any form.</source>
        <translation>六类彩色事物；用于测试的图形它从未以任何形式见过。</translation>
    </message>
    <message>
        <source>AlexNet</source>
        <translation>AlexNet</translation>
    </message>
    <message>
        <source>Five convolutions and three wide linear layers that began it all in 2012.</source>
        <translation>五个卷积和三个宽大的线性层，2012 年由此开端。</translation>
    </message>
    <message>
        <source>VGG-16</source>
        <translation>VGG-16</translation>
    </message>
    <message>
        <source>Windows of 3×3 and nothing else, sixteen layers deep.</source>
        <translation>只用 3×3 的窗口，深达十六层。</translation>
    </message>
    <message>
        <source>GoogLeNet</source>
        <translation>GoogLeNet</translation>
    </message>
    <message>
        <source>Inception blocks: four sizes of window side by side.</source>
        <translation>Inception 模块：四种大小的窗口并列。</translation>
    </message>
    <message>
        <source>ResNet-18</source>
        <translation>ResNet-18</translation>
    </message>
    <message>
        <source>Residual blocks, each with a way around it.</source>
        <translation>残差模块，每个都有一条绕行的路。</translation>
    </message>
    <message>
        <source>ResNet-50</source>
        <translation>ResNet-50</translation>
    </message>
    <message>
        <source>Bottleneck blocks in four stages.</source>
        <translation>分四个阶段的瓶颈模块。</translation>
    </message>
    <message>
        <source>ResNet-152</source>
        <translation>ResNet-152</translation>
    </message>
    <message>
        <source>The same four stages, three times as deep.</source>
        <translation>同样的四个阶段，深了三倍。</translation>
    </message>
    <message>
        <source>SqueezeNet 1.0</source>
        <translation>SqueezeNet 1.0</translation>
    </message>
    <message>
        <source>Fire blocks: AlexNet&apos;s accuracy with a fiftieth of its weights.</source>
        <translation>Fire 模块：以五十分之一的权重达到 AlexNet 的准确率。</translation>
    </message>
    <message>
        <source>DenseNet-121</source>
        <translation>DenseNet-121</translation>
    </message>
    <message>
        <source>Every layer sees all that came before it.</source>
        <translation>每一层都能看到它之前的全部输出。</translation>
    </message>
    <message>
        <source>MobileNetV2</source>
        <translation>MobileNetV2</translation>
    </message>
    <message>
        <source>Inverted residual blocks, made for telephones.</source>
        <translation>倒残差模块，为手机而设计。</translation>
    </message>
    <message>
        <source>EfficientNet-B0</source>
        <translation>EfficientNet-B0</translation>
    </message>
    <message>
        <source>Inverted residual blocks that weigh their channels.</source>
        <translation>会给通道加权的倒残差模块。</translation>
    </message>
    <message>
        <source>U-Net</source>
        <translation>U-Net</translation>
    </message>
    <message>
        <source>Down, up, and across: a mask as large as the image.</source>
        <translation>向下、向上、再横跨：得到与图像同样大的掩码。</translation>
    </message>
    <message>
        <source>ViT-B/16</source>
        <translation>ViT-B/16</translation>
    </message>
    <message>
        <source>An image as 196 words, read by a transformer.</source>
        <translation>把图像当作 196 个词，由 Transformer 来读。</translation>
    </message>
    <message>
        <source>Text classifier</source>
        <translation>文本分类器</translation>
    </message>
    <message>
        <source>An LSTM in both directions, and attention that weighs the words.</source>
        <translation>双向 LSTM，再用注意力给词加权。</translation>
    </message>
    <message>
        <source>Seq2seq transformer</source>
        <translation>序列到序列 Transformer</translation>
    </message>
    <message>
        <source>An encoder reads one sentence, a decoder writes the other.</source>
        <translation>编码器读一个句子，解码器写出另一个。</translation>
    </message>
    <message>
        <source>BERT base</source>
        <translation>BERT base</translation>
    </message>
    <message>
        <source>Twelve encoder layers with a padding mask, and a pooler.</source>
        <translation>十二个带填充掩码的编码器层，外加一个池化器。</translation>
    </message>
    <message>
        <source>GPT-2</source>
        <translation>GPT-2</translation>
    </message>
    <message>
        <source>Twelve causal blocks; the head shares the embedding&apos;s weights.</source>
        <translation>十二个因果模块；输出头与嵌入共享权重。</translation>
    </message>
    <message>
        <source>Several losses</source>
        <translation>多个损失</translation>
    </message>
    <message>
        <source>GAN on digits</source>
        <translation>手写数字 GAN</translation>
    </message>
    <message>
        <source>A generator draws digits, and a discriminator tells them from real ones: two losses, each with an optimizer of its own.</source>
        <translation>生成器画数字，判别器把它们与真实数字区分开：两个损失，各有自己的优化器。</translation>
    </message>
    <message>
        <source>Autoencoder on Fashion-MNIST</source>
        <translation>Fashion-MNIST 自编码器</translation>
    </message>
    <message>
        <source>Clothes through sixteen numbers and back.</source>
        <translation>把衣物压缩成十六个数，再还原回来。</translation>
    </message>
    <message>
        <source>VAE on Fashion-MNIST</source>
        <translation>Fashion-MNIST 变分自编码器</translation>
    </message>
    <message>
        <source>An autoencoder whose codes are drawn at random, so that it can dream up clothes.</source>
        <translation>编码随机抽取的自编码器，因此能凭空想象出衣物。</translation>
    </message>
    <message>
        <source>Distillation on Fashion-MNIST</source>
        <translation>Fashion-MNIST 知识蒸馏</translation>
    </message>
    <message>
        <source>A CNN with a third of the weights learns from the answers of a larger one beside it.</source>
        <translation>一个只有三分之一权重的 CNN 向旁边更大的 CNN 的回答学习。</translation>
    </message>
    <message>
        <source>Siamese network on digits</source>
        <translation>手写数字孪生网络</translation>
    </message>
    <message>
        <source>The same weights see two digits, and put them near each other where they are the same.</source>
        <translation>同一组权重看两个数字，相同的就放得近。</translation>
    </message>
    <message>
        <source>Fine-tuning on few digits</source>
        <translation>用少量数字微调</translation>
    </message>
    <message>
        <source>A new head learns from five of each digit, on what the Siamese network has learned: frozen at first.</source>
        <translation>新的输出头只用每个数字五个样本，在孪生网络已学到的编码之上学习；该编码起初冻结。</translation>
    </message>
    <message>
        <source>CNN on Fashion-MNIST, augmented</source>
        <translation>Fashion-MNIST 上的 CNN，带数据增强</translation>
    </message>
    <message>
        <source>The same CNN on clothes that are mirrored and moved a little, anew in each epoch: all of them where the whole set is installed, else the subset.</source>
        <translation>同一个 CNN，衣物图片在每个 epoch 中重新翻转并稍微移动：装有完整数据集时用全部图片，否则用子集。</translation>
    </message>
</context>
<context>
    <name>Experiment</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>An experiment is under way. Stop it? It is kept, and can be resumed later: those under way go on where they were.</source>
        <translation>实验正在进行。要停止吗？实验会保留下来，之后可以继续：正在训练的运行会从中断处接着训练。</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>Five seeds</source>
        <translation>五个种子</translation>
    </message>
    <message>
        <source>Depths</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>With and without dropout</source>
        <translation>有无 Dropout</translation>
    </message>
    <message>
        <source>With and without batch norm</source>
        <translation>有无批归一化</translation>
    </message>
    <message>
        <source>With and without L1 penalty</source>
        <translation>有无 L1 惩罚</translation>
    </message>
    <message>
        <source>With and without L2 penalty</source>
        <translation>有无 L2 惩罚</translation>
    </message>
    <message>
        <source>With and without early stopping</source>
        <translation>有无早停</translation>
    </message>
    <message>
        <source>With and without augmentation</source>
        <translation>有无数据增强</translation>
    </message>
    <message>
        <source>No block of the network can be repeated: make one of the layers that are to be.</source>
        <translation>网络中没有可重复的块：请把要重复的层做成一个块。</translation>
    </message>
    <message>
        <source>The network has no dropout.</source>
        <translation>网络中没有 Dropout。</translation>
    </message>
    <message>
        <source>The network has no batch norm.</source>
        <translation>网络中没有批归一化。</translation>
    </message>
    <message>
        <source>The recipe transforms no samples.</source>
        <translation>训练设置中没有样本变换。</translation>
    </message>
</context>
<context>
    <name>ExperimentBar</name>
    <message>
        <source>{0}: its runs are read…</source>
        <translation>{0}：正在读取其运行…</translation>
    </message>
    <message>
        <source>{0} of {1} runs finished</source>
        <translation>{1} 次运行中已完成 {0} 次</translation>
    </message>
    <message>
        <source>then it was interrupted</source>
        <translation>随后被中断</translation>
    </message>
    <message>
        <source>{0} under way</source>
        <translation>{0} 次进行中</translation>
    </message>
    <message>
        <source>{0} stopped</source>
        <translation>{0} 次已停止</translation>
    </message>
    <message>
        <source>{0} failed</source>
        <translation>{0} 次失败</translation>
    </message>
    <message>
        <source>the record cannot be written: {0}</source>
        <translation>无法写入实验记录：{0}</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>同时进行</translation>
    </message>
    <message>
        <source>Show its runs</source>
        <translation>显示其运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Add runs…</source>
        <translation>添加运行…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ExperimentDialog</name>
    <message>
        <source>Add runs to the experiment</source>
        <translation>向实验添加运行</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Often made</source>
        <translation>常用实验</translation>
    </message>
    <message>
        <source>Vary another setting</source>
        <translation>再变化一项设置</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>What an experiment varies by TPE stays as it began.</source>
        <translation>用 TPE 的实验，所变化的设置与开始时保持一致。</translation>
    </message>
    <message>
        <source>Values: 0.1, 0.01 · 1e-5..1e-1 log 5 · 0..4 · with, without · SGD momentum=0.9, Adam. TPE takes ranges, too: 1e-5..1e-1 log · 0..0.5 · 16..256.</source>
        <translation>取值：0.1, 0.01 · 1e-5..1e-1 log 5 · 0..4 · with, without · SGD momentum=0.9, Adam。TPE 还可以用区间：1e-5..1e-1 log · 0..0.5 · 16..256。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>同时进行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), as TPE proposes them.</source>
        <translation>
            <numerusform>%n 次运行，由 TPE 提出取值。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), the first with {0}.</source>
        <translation>
            <numerusform>共 %n 次运行，第一次为 {0}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a setting to vary.</source>
        <translation>请选择要变化的设置。</translation>
    </message>
    <message>
        <source>“{0}” is varied twice.</source>
        <translation>“{0}”出现了两次。</translation>
    </message>
</context>
<context>
    <name>Explain</name>
    <message>
        <source>“//” rounds down.</source>
        <translation>“//”表示向下取整。</translation>
    </message>
    <message>
        <source>The Input can state: {0}.</source>
        <translation>输入处可以声明：{0}。</translation>
    </message>
    <message>
        <source>Click a number to see where it comes from.</source>
        <translation>点击数字，查看它从何而来。</translation>
    </message>
</context>
<context>
    <name>ExplainPage</name>
    <message>
        <source>Predicted class</source>
        <translation>预测的类别</translation>
    </message>
    <message>
        <source>Shuffling columns …</source>
        <translation>正在打乱各列…</translation>
    </message>
    <message>
        <source>sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
    <message>
        <source>sample {0}: predicted {1}, true {2}</source>
        <translation>样本 {0}：预测 {1}，真实 {2}</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Saliency</source>
        <translation>显著性</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
    </message>
    <message>
        <source>where the last convolution sees what speaks for the answer</source>
        <translation>最后一个卷积层看到的支持该输出的位置</translation>
    </message>
    <message>
        <source>how much the answer falls where a window is covered</source>
        <translation>遮住一个窗口后输出下降多少</translation>
    </message>
    <message>
        <source>how strongly each pixel would change the answer</source>
        <translation>每个像素对输出的影响强度</translation>
    </message>
    <message>
        <source>what each pixel adds to the answer</source>
        <translation>每个像素对输出的贡献</translation>
    </message>
    <message>
        <source>Sample, the worst first: </source>
        <translation>样本（最差在前）：</translation>
    </message>
    <message>
        <source>Which sample</source>
        <translation>哪个样本</translation>
    </message>
    <message>
        <source>Which class</source>
        <translation>哪个类别</translation>
    </message>
    <message>
        <source>How it is explained</source>
        <translation>解释方法</translation>
    </message>
    <message>
        <source>There is an explanation for one picture, one text, or the columns of a table.</source>
        <translation>可以解释单张图片、单段文本或表格的各列。</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>What it rests on</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>orange speaks for the answer, blue against it</source>
        <translation>橙色支持该输出，蓝色反对</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>An export is under way.</source>
        <translation>正在导出。</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Export Code</source>
        <translation>导出代码</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>已写入 {0}</translation>
    </message>
    <message>
        <source>{0} could not be written.</source>
        <translation>无法写入 {0}。</translation>
    </message>
    <message>
        <source>Exporting {0}…</source>
        <translation>正在导出 {0}…</translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>导出已取消；没有写入任何文件。</translation>
    </message>
    <message>
        <source>the proof</source>
        <translation>验证</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Export Code</source>
        <translation>导出代码</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>No run has trained this very network yet: its weights are the first ones.</source>
        <translation>尚无运行训练过这个网络：权重为初始值。</translation>
    </message>
    <message>
        <source>Only the trained network has this.</source>
        <translation>只有所训练的网络才有此项。</translation>
    </message>
    <message>
        <source>Install what writes it first: pip install {0}</source>
        <translation>请先安装写入它所需的软件包：pip install {0}</translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Python 文件 (*.py)</translation>
    </message>
    <message>
        <source>Replace {0}?</source>
        <translation>要替换 {0} 吗？</translation>
    </message>
    <message>
        <source>The recipe does not suit the network or the data yet.</source>
        <translation>训练配方与网络或数据尚不相符。</translation>
    </message>
    <message>
        <source>model.py needs PyTorch alone.</source>
        <translation>model.py 只需要 PyTorch。</translation>
    </message>
    <message>
        <source>No run has trained this very network yet.</source>
        <translation>还没有训练过与此完全相同的网络。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>the best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>the last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>new ones, not trained</source>
        <translation>未经训练的新权重</translation>
    </message>
    <message>
        <source>These weights are not trained.</source>
        <translation>这些权重未经训练。</translation>
    </message>
    <message>
        <source>Proof: run what is written in a new process, and compare it with the network</source>
        <translation>验证：在新进程中运行所写文件，并与网络比较</translation>
    </message>
    <message>
        <source>The code alone is the very text that runs here.</source>
        <translation>仅有代码时无需验证：这里运行的正是这段代码。</translation>
    </message>
    <message>
        <source>opset as PyTorch chooses</source>
        <translation>opset 由 PyTorch 选择</translation>
    </message>
    <message>
        <source>opset {0}</source>
        <translation>opset {0}</translation>
    </message>
    <message>
        <source>Opset</source>
        <translation>Opset</translation>
    </message>
</context>
<context>
    <name>ExportedDialog</name>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Written to {0}</source>
        <translation>已写入 {0}</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The report is {0}.</source>
        <translation>报告为 {0}。</translation>
    </message>
    <message>
        <source>The samples are random numbers: {0}</source>
        <translation>样本为随机数：{0}</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Input and output</source>
        <translation>输入与输出</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Recurrent</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>算术</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>归约</translation>
    </message>
    <message>
        <source>Parameters and constants</source>
        <translation>参数与常量</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Custom layers</source>
        <translation>自定义层</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>{0} cannot be opened.</source>
        <translation>无法打开 {0}。</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>{0} could not be saved.</source>
        <translation>无法保存 {0}。</translation>
    </message>
    <message>
        <source>Unsaved Changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes to {0}?</source>
        <translation>要保存对 {0} 的更改吗？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>打开最近的文件</translation>
    </message>
    <message>
        <source>No other project was opened before.</source>
        <translation>此前没有打开过其他项目。</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>还没有文件</translation>
    </message>
    <message>
        <source>Layerweft projects (*{0})</source>
        <translation>Layerweft 项目 (*{0})</translation>
    </message>
    <message>
        <source>Layerweft</source>
        <translation>Layerweft</translation>
    </message>
    <message>
        <source>Replace {0}?</source>
        <translation>要替换 {0} 吗？</translation>
    </message>
    <message>
        <source>This is a copy: {0} stays as it is.</source>
        <translation>这是一份副本：{0} 保持原样。</translation>
    </message>
    <message>
        <source>It is the record of a run or comes with Layerweft, and stays as it is. Choose another name or folder.</source>
        <translation>它是某次训练的记录或随 Layerweft 附带的文件，保持原样。请换一个名称或文件夹。</translation>
    </message>
    <message>
        <source>{0} was changed meanwhile, by another window or program. Save over it?

To keep both, answer No and choose Save As.</source>
        <translation>{0} 在此期间已被其他窗口或程序更改。要覆盖它吗？

要两者都保留，请选“否”，再用“另存为”。</translation>
    </message>
    <message>
        <source>Unread Code</source>
        <translation>未被理解的代码</translation>
    </message>
    <message>
        <source>The code was edited in a way that is not part of the drawing yet, as it says there. Discard these edits?</source>
        <translation>代码中有些编辑尚未进入图中，原因在代码处已说明。要放弃这些编辑吗？</translation>
    </message>
    <message>
        <source>What is not understood in the code is not saved.</source>
        <translation>代码中未被理解的内容没有保存。</translation>
    </message>
</context>
<context>
    <name>FindButton</name>
    <message>
        <source>Find it…</source>
        <translation>查找…</translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <source>Name or kind of a node</source>
        <translation>节点的名称或类型</translation>
    </message>
    <message>
        <source>Add {0}</source>
        <translation>添加 {0}</translation>
    </message>
    <message>
        <source>Go to {0}</source>
        <translation>转到 {0}</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>打开 {0}</translation>
    </message>
    <message>
        <source>Open the example {0}</source>
        <translation>打开示例 {0}</translation>
    </message>
</context>
<context>
    <name>Fix</name>
    <message>
        <source>Set {parameter} to {value}</source>
        <translation>将 {parameter} 设为 {value}</translation>
    </message>
    <message>
        <source>Let {parameter} follow the input</source>
        <translation>让 {parameter} 由输入决定</translation>
    </message>
    <message>
        <source>Insert {kind} before it</source>
        <translation>在它前面插入 {kind}</translation>
    </message>
    <message>
        <source>Rename it to {name}</source>
        <translation>重命名为 {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Take {name} out</source>
        <translation>取出 {name}</translation>
    </message>
    <message>
        <source>Swap it with {name}</source>
        <translation>与 {name} 交换位置</translation>
    </message>
    <message>
        <source>Use {kind} instead</source>
        <translation>改用 {kind}</translation>
    </message>
    <message>
        <source>Keep the learning rate at {lr}</source>
        <translation>让学习率保持为 {lr}</translation>
    </message>
    <message>
        <source>Swap the bounds</source>
        <translation>交换上下界</translation>
    </message>
    <message>
        <source>Set kernel_size to 1 and padding to 0</source>
        <translation>将 kernel_size 设为 1，padding 设为 0</translation>
    </message>
    <message>
        <source>Set kernel_size to {value} and output_padding to 0</source>
        <translation>将 kernel_size 设为 {value}，output_padding 设为 0</translation>
    </message>
    <message>
        <source>Insert a mean over all pixels before it</source>
        <translation>在它前面插入对所有像素求均值</translation>
    </message>
    <message>
        <source>Connect {name} to it</source>
        <translation>把 {name} 接到它</translation>
    </message>
    <message>
        <source>Remove {name} and all behind it</source>
        <translation>移除 {name} 及其后的所有节点</translation>
    </message>
    <message>
        <source>Add an Output behind {name}</source>
        <translation>在 {name} 后添加 Output</translation>
    </message>
    <message>
        <source>Remove the edge from {source} to {target}</source>
        <translation>移除从 {source} 到 {target} 的连线</translation>
    </message>
    <message>
        <source>Remove the edge</source>
        <translation>移除这条边</translation>
    </message>
    <message>
        <source>Give {name} weights of its own</source>
        <translation>让 {name} 拥有自己的权重</translation>
    </message>
    <message>
        <source>Set {node} to {shape}, {dtype}</source>
        <translation>将 {node} 设为 {shape}，{dtype}</translation>
    </message>
    <message>
        <source>Set {node} to {shape}, {dtype}, and insert {kind} behind it</source>
        <translation>把 {node} 设为 {shape}、{dtype}，并在其后插入 {kind}</translation>
    </message>
    <message>
        <source>Read the pictures of “{array}” with one channel</source>
        <translation>把“{array}”的图片读为单通道</translation>
    </message>
    <message>
        <source>Leave such columns as they are</source>
        <translation>让这些列保持原样</translation>
    </message>
    <message>
        <source>Read “{array}” as it lies in the file</source>
        <translation>按文件中的排列读取“{array}”</translation>
    </message>
    <message>
        <source>Take the last dimension of “{array}” for channels</source>
        <translation>把“{array}”的最后一维当作通道</translation>
    </message>
    <message>
        <source>Read the pictures as {shape}</source>
        <translation>把图片读为 {shape}</translation>
    </message>
    <message>
        <source>Set {parameter} of {node} to {value}</source>
        <translation>将 {node} 的 {parameter} 设为 {value}</translation>
    </message>
    <message>
        <source>Take the norm away from {name}</source>
        <translation>去掉 {name} 的归一化</translation>
    </message>
    <message>
        <source>Leave out those rows</source>
        <translation>略去这些行</translation>
    </message>
    <message>
        <source>Insert {kind} before and behind it</source>
        <translation>在它前后各插入 {kind}</translation>
    </message>
    <message>
        <source>Take the last step before {name}</source>
        <translation>在 {name} 之前取最后一步</translation>
    </message>
    <message>
        <source>Take the mean over the steps before {name}</source>
        <translation>在 {name} 之前对各步取平均</translation>
    </message>
    <message>
        <source>Set {parameter} to {value} in {nodes}</source>
        <translation>将 {nodes} 的 {parameter} 设为 {value}</translation>
    </message>
    <message>
        <source>Let the {group} begin as PyTorch does</source>
        <translation>让 {group} 按 PyTorch 的默认方式初始化</translation>
    </message>
    <message>
        <source>Insert {kind} before {name}</source>
        <translation>在 {name} 前插入 {kind}</translation>
    </message>
    <message>
        <source>Read row by row: {kind1} and {kind2} before it</source>
        <translation>逐行读取：在它之前插入 {kind1} 和 {kind2}</translation>
    </message>
    <message>
        <source>Read pixel by pixel: {kind1} and {kind2} before it</source>
        <translation>逐像素读取：在它之前插入 {kind1} 和 {kind2}</translation>
    </message>
    <message>
        <source>Let {value} count as missing</source>
        <translation>将 {value} 视为缺失值</translation>
    </message>
    <message>
        <source>Let classes be predicted</source>
        <translation>改为预测类别</translation>
    </message>
    <message>
        <source>Add “{option}”</source>
        <translation>加上“{option}”</translation>
    </message>
    <message>
        <source>Leave out “{option}”</source>
        <translation>去掉“{option}”</translation>
    </message>
    <message>
        <source>Leave out “{transform}”</source>
        <translation>去掉“{transform}”</translation>
    </message>
    <message>
        <source>Split at random</source>
        <translation>随机划分</translation>
    </message>
    <message>
        <source>Read “{column}” as a text that is gone on with</source>
        <translation>把“{column}”当作要续写的文本读取</translation>
    </message>
    <message>
        <source>Average from epoch {epoch} on</source>
        <translation>从第 {epoch} 轮起开始平均</translation>
    </message>
    <message>
        <source>Decide by {figure}</source>
        <translation>改为依据 {figure}</translation>
    </message>
    <message>
        <source>Let {output} train {nodes} alone</source>
        <translation>让 {output} 只训练 {nodes}</translation>
    </message>
    <message>
        <source>Leave out the schedule from epoch {epoch} on</source>
        <translation>去掉从第 {epoch} 轮起的调度</translation>
    </message>
    <message>
        <source>Let “{array}” be input and target</source>
        <translation>让“{array}”同时作为输入和目标</translation>
    </message>
    <message>
        <source>Read “{array}” as {type}</source>
        <translation>将“{array}”读作{type}</translation>
    </message>
    <message>
        <source>Fill in missing values</source>
        <translation>填补缺失值</translation>
    </message>
    <message>
        <source>Leave “{column}” out of the features</source>
        <translation>把“{column}”移出特征</translation>
    </message>
    <message>
        <source>Take {columns} out of the features</source>
        <translation>把 {columns} 移出特征</translation>
    </message>
    <message>
        <source>Let rare classes weigh more in the loss of {output}</source>
        <translation>在 {output} 的损失中加大少数类别的权重</translation>
    </message>
    <message>
        <source>Leave out what cannot be read</source>
        <translation>略去无法读取的文件</translation>
    </message>
    <message>
        <source>Leave out the samples in which “{array}” lacks a value</source>
        <translation>舍去“{array}”缺值的样本</translation>
    </message>
    <message>
        <source>Let “{word}” train</source>
        <translation>将“{word}”用于训练</translation>
    </message>
    <message>
        <source>Let “{word}” validate</source>
        <translation>将“{word}”用于验证</translation>
    </message>
    <message>
        <source>Let “{word}” test</source>
        <translation>将“{word}”用于测试</translation>
    </message>
    <message>
        <source>Leave “{word}” out</source>
        <translation>舍去“{word}”</translation>
    </message>
    <message>
        <source>Let the class of the largest object be predicted</source>
        <translation>改为预测最大物体的类别</translation>
    </message>
    <message>
        <source>Let masks of the outlines be predicted</source>
        <translation>改为预测轮廓的掩码</translation>
    </message>
    <message>
        <source>Take them for numbers</source>
        <translation>当作数字</translation>
    </message>
    <message>
        <source>The day comes first</source>
        <translation>日在前</translation>
    </message>
    <message>
        <source>The month comes first</source>
        <translation>月在前</translation>
    </message>
    <message>
        <source>Use cross entropy</source>
        <translation>使用交叉熵</translation>
    </message>
    <message>
        <source>Split in the order of time</source>
        <translation>按时间顺序划分</translation>
    </message>
    <message>
        <source>Let no window reach over a gap</source>
        <translation>让窗口不跨越间断</translation>
    </message>
    <message>
        <source>Add the rows that lack</source>
        <translation>补上缺少的行</translation>
    </message>
    <message>
        <source>Let rows follow each other at once</source>
        <translation>让各行直接相接</translation>
    </message>
    <message>
        <source>Read it as windows over “{column}”</source>
        <translation>按“{column}”读成窗口</translation>
    </message>
    <message>
        <source>Read the sounds</source>
        <translation>读取这些声音</translation>
    </message>
    <message>
        <source>Take them for the same</source>
        <translation>视为相同</translation>
    </message>
    <message>
        <source>Take {value} for a class as well</source>
        <translation>把 {value} 也当作一个类别</translation>
    </message>
    <message>
        <source>Let the other one enter</source>
        <translation>改为输入另一半（另一张）</translation>
    </message>
    <message>
        <source>Split by time</source>
        <translation>按时间划分</translation>
    </message>
    <message>
        <source>Leave such cells as they are</source>
        <translation>这样的单元格保持原样</translation>
    </message>
    <message>
        <source>Take {name}</source>
        <translation>使用 {name}</translation>
    </message>
    <message>
        <source>Take labels from “{column}”</source>
        <translation>用“{column}”作为标签</translation>
    </message>
    <message>
        <source>Use {kind} in place of all {count}</source>
        <translation>用 {kind} 替换全部 {count} 个</translation>
    </message>
</context>
<context>
    <name>FixPreview</name>
    <message>
        <source>Problems: {0} → {1}</source>
        <translation>问题：{0} → {1}</translation>
    </message>
    <message>
        <source>Parameters: {0} → {1}</source>
        <translation>参数：{0} → {1}</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>训练设置</translation>
    </message>
</context>
<context>
    <name>Folder</name>
    <message>
        <source>Show Folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>No file manager opened. The folder is {0}</source>
        <translation>没有打开文件管理器。文件夹为 {0}</translation>
    </message>
</context>
<context>
    <name>ForecastView</name>
    <message>
        <source>What comes next</source>
        <translation>接下来的值</translation>
    </message>
    <message>
        <source>steps from now</source>
        <translation>距现在的步数</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>FormulaField</name>
    <message>
        <source>Let {0} follow from the parameters of the block</source>
        <translation>让 {0} 由模块的参数决定</translation>
    </message>
    <message>
        <source>A formula, such as channels * 4</source>
        <translation>公式，例如 channels * 4</translation>
    </message>
    <message>
        <source>Add parameter “{0}”</source>
        <translation>添加参数“{0}”</translation>
    </message>
    <message>
        <source>Type a formula</source>
        <translation>请输入公式</translation>
    </message>
    <message>
        <source>It names a size of this block’s Inputs.</source>
        <translation>它用到了该模块输入的尺寸名。</translation>
    </message>
    <message>
        <source>Make this a parameter of the block</source>
        <translation>设为模块的参数</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>It follows a formula already.</source>
        <translation>它已由公式决定。</translation>
    </message>
    <message>
        <source>Only blocks have parameters.</source>
        <translation>只有模块才有参数。</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Drag it to move the panel; a double click makes it large.</source>
        <translation>拖动可移动面板；双击可放大。</translation>
    </message>
    <message>
        <source>What can be done with this panel</source>
        <translation>此面板的操作</translation>
    </message>
    <message>
        <source>Remove this panel</source>
        <translation>移除此面板</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>Gesture</name>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>That would close a circle.</source>
        <translation>这样会形成环。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>GivenSide</name>
    <message>
        <source>The network has no Input and no Output yet.</source>
        <translation>网络还没有 Input 和 Output。</translation>
    </message>
    <message>
        <source>Change what the network is given</source>
        <translation>更改网络得到的数据</translation>
    </message>
    <message>
        <source>What the network will be given</source>
        <translation>网络将得到什么</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>A batch as the network sees it</source>
        <translation>网络看到的一批样本</translation>
    </message>
    <message>
        <source>Samples of the training split, shifted and scaled.</source>
        <translation>训练部分的样本，已平移并缩放。</translation>
    </message>
    <message>
        <source>It follows from the data.</source>
        <translation>由数据而定。</translation>
    </message>
    <message>
        <source>Transforms</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>All transforms</source>
        <translation>全部变换</translation>
    </message>
    <message>
        <source>None of them</source>
        <translation>不做变换</translation>
    </message>
    <message>
        <source>{0} alone</source>
        <translation>仅{0}</translation>
    </message>
    <message>
        <source>The first batch of epoch {0}, with all that is done to it.</source>
        <translation>第 {0} 轮的第一批样本，已做全部处理。</translation>
    </message>
    <message>
        <source>The first batch of epoch {0}, with this part of what is done to it.</source>
        <translation>第 {0} 轮的第一个批次，只做其中这部分处理。</translation>
    </message>
    <message>
        <source>As in the next epoch</source>
        <translation>看下一轮的样本</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Draw a small network for these data</source>
        <translation>为这份数据画一个小网络</translation>
    </message>
    <message>
        <source>Draw a network for the data</source>
        <translation>为数据画网络</translation>
    </message>
    <message>
        <source>Samples of the training split, as the tokens that are known.</source>
        <translation>训练部分的样本，按已知词元显示。</translation>
    </message>
</context>
<context>
    <name>GradientsPanel</name>
    <message>
        <source>before clipping</source>
        <translation>裁剪前</translation>
    </message>
    <message>
        <source>as the optimizer takes it</source>
        <translation>优化器所用</translation>
    </message>
    <message>
        <source>Gradient norm, clipped in {0} % of steps</source>
        <translation>梯度范数，{0} % 的步被裁剪</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2 范数</translation>
    </message>
</context>
<context>
    <name>HistogramsPanel</name>
    <message>
        <source>As a map of colours</source>
        <translation>热力图</translation>
    </message>
    <message>
        <source>As ridges</source>
        <translation>山脊图</translation>
    </message>
    <message>
        <source>The layers are known when it trains.</source>
        <translation>训练开始后才知道有哪些层。</translation>
    </message>
    <message>
        <source>first layer</source>
        <translation>第一层</translation>
    </message>
    <message>
        <source>Of which layer</source>
        <translation>哪一层</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>统计什么</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>HostForm</name>
    <message>
        <source>Asking {0}…</source>
        <translation>正在询问 {0}…</translation>
    </message>
    <message numerus="yes">
        <source>Python {0}, PyTorch {1}, %n GPU(s)</source>
        <translation>
            <numerusform>Python {0}，PyTorch {1}，%n 个 GPU</numerusform>
        </translation>
    </message>
    <message>
        <source>As ssh takes it: me@gpu.lab, or a name of ~/.ssh/config</source>
        <translation>按 ssh 的写法：me@gpu.lab，或 ~/.ssh/config 中的名称</translation>
    </message>
    <message>
        <source>The folder there in which each run gets its own</source>
        <translation>那台电脑上的文件夹，每次训练在其中有自己的子文件夹</translation>
    </message>
    <message>
        <source>The Python there that has PyTorch</source>
        <translation>那台电脑上装有 PyTorch 的 Python</translation>
    </message>
    <message>
        <source>The device there, as PyTorch names it</source>
        <translation>那台电脑上的设备，按 PyTorch 的叫法</translation>
    </message>
    <message>
        <source>me@gpu.lab</source>
        <translation>me@gpu.lab</translation>
    </message>
    <message>
        <source>Try the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Log in, and ask for Python, PyTorch and GPUs there</source>
        <translation>登录，并查询那里的 Python、PyTorch 和 GPU</translation>
    </message>
</context>
<context>
    <name>ImportanceView</name>
    <message>
        <source>What matters</source>
        <translation>重要性</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>{0} lost by shuffling a column</source>
        <translation>打乱一列后损失的{0}</translation>
    </message>
    <message>
        <source>fall</source>
        <translation>下降量</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>Use {0} as data</source>
        <translation>以 {0} 为数据</translation>
    </message>
    <message>
        <source>The recipe trains on {0} now.</source>
        <translation>现在用 {0} 训练。</translation>
    </message>
    <message>
        <source>Data ({0})</source>
        <translation>数据 ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation>打开数据</translation>
    </message>
    <message>
        <source>Open a Folder of Data</source>
        <translation>打开数据文件夹</translation>
    </message>
    <message>
        <source>{0} is no kind of data that can be read.</source>
        <translation>{0} 不是能读取的数据。</translation>
    </message>
    <message>
        <source>The pasted table could not be kept: {0}</source>
        <translation>粘贴的表格无法保存：{0}</translation>
    </message>
    <message>
        <source>The pasted table is kept as {0}.</source>
        <translation>粘贴的表格已存为 {0}。</translation>
    </message>
    <message>
        <source>Where is {0} now?</source>
        <translation>{0} 现在在哪里？</translation>
    </message>
    <message>
        <source>Data Not Found</source>
        <translation>找不到数据</translation>
    </message>
    <message>
        <source>{0} is not there any more. Where is it now?</source>
        <translation>{0} 已不在原处。它现在在哪里？</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>Not Read as Data</source>
        <translation>不能作为数据读取</translation>
    </message>
    <message>
        <source>{0} cannot be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>Code and models ({0})</source>
        <translation>代码和模型 ({0})</translation>
    </message>
    <message>
        <source>Import Code or a Model</source>
        <translation>导入代码或模型</translation>
    </message>
</context>
<context>
    <name>InitSection</name>
    <message>
        <source>Initialise {0}</source>
        <translation>初始化 {0}</translation>
    </message>
    <message>
        <source>Initialisation</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Of all linear layers, convolutions and embeddings within, unless they say otherwise themselves.</source>
        <translation>适用于其中所有的线性层、卷积层和嵌入层，除非它们自己另有设定。</translation>
    </message>
</context>
<context>
    <name>IntegerField</name>
    <message>
        <source>Keep this number instead of letting it follow from the input</source>
        <translation>固定为这个数，而不由输入推断</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>auto ({0})</source>
        <translation>自动（{0}）</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>InterruptedOffer</name>
    <message>
        <source>The last run was interrupted after {0} of {1} epochs.</source>
        <translation>上一次运行在第 {0} 轮后中断（共 {1} 轮）。</translation>
    </message>
    <message>
        <source>The last run was left at {0}.</source>
        <translation>上次的训练留在了 {0} 上。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>继续观看</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>KeepingBar</name>
    <message>
        <source>Keep elsewhere…</source>
        <translation>保存到别处…</translation>
    </message>
    <message>
        <source>Give it up…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>The training is over, but cannot be kept: {0}. It waits in memory.</source>
        <translation>训练已结束，但无法保存：{0}。结果仍在内存中等待。</translation>
    </message>
    <message>
        <source>The run cannot be kept: {0}. It goes on, held in memory.</source>
        <translation>本次训练无法保存：{0}。训练继续，内容保留在内存中。</translation>
    </message>
    <message>
        <source>Writing is tried again every few seconds.</source>
        <translation>每隔几秒会重试写入。</translation>
    </message>
</context>
<context>
    <name>KeptDialog</name>
    <message>
        <source>Experiments so far</source>
        <translation>以往的实验</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Varied</source>
        <translation>变化的设置</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Add runs…</source>
        <translation>添加运行…</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>There is no experiment yet.</source>
        <translation>还没有实验。</translation>
    </message>
    <message>
        <source>All its runs are done.</source>
        <translation>它的运行已全部完成。</translation>
    </message>
</context>
<context>
    <name>KindSection</name>
    <message>
        <source>its own</source>
        <translation>自身的</translation>
    </message>
    <message>
        <source>parameter {0}</source>
        <translation>参数 {0}</translation>
    </message>
    <message>
        <source>a new parameter</source>
        <translation>新参数</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Whether it is always of this kind, or each use of the block chooses it from a list: a parameter of the type {0}.</source>
        <translation>它始终是这一种层，还是由模块的每次使用从列表中选择：即类型为“{0}”的参数。</translation>
    </message>
    <message>
        <source>Where its kind comes from</source>
        <translation>其种类从何而来</translation>
    </message>
    <message>
        <source>Make the Kind a Parameter</source>
        <translation>将种类设为参数</translation>
    </message>
    <message>
        <source>Set where the Kind Comes From</source>
        <translation>设置种类的来源</translation>
    </message>
</context>
<context>
    <name>Labelling</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Take the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>备注…</translation>
    </message>
    <message>
        <source>Tags, with commas between:</source>
        <translation>标签，以逗号分隔：</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>备注：</translation>
    </message>
</context>
<context>
    <name>Layer</name>
    <message>
        <source>Where data enters the network. Its name becomes an argument of forward.</source>
        <translation>数据进入网络的地方。它的名称就是 forward 的参数名。</translation>
    </message>
    <message>
        <source>What the network returns. Its name is that of the result.</source>
        <translation>网络返回的内容。它的名称就是结果的名称。</translation>
    </message>
    <message>
        <source>Fully connected: multiplies the last dimension by a learned matrix, adds a bias.</source>
        <translation>全连接层：将最后一个维度乘以可学习的矩阵，再加上偏置。</translation>
    </message>
    <message>
        <source>Combines two inputs, every feature of one with every feature of the other.</source>
        <translation>组合两个输入：一个输入的每个特征与另一个的每个特征相乘。</translation>
    </message>
    <message>
        <source>Slides learned filters over sequences or signals.</source>
        <translation>让可学习的滤波器在序列或信号上滑动。</translation>
    </message>
    <message>
        <source>Slides learned filters over images.</source>
        <translation>让可学习的滤波器在图像上滑动。</translation>
    </message>
    <message>
        <source>Slides learned filters over volumes or video.</source>
        <translation>让可学习的滤波器在体数据或视频上滑动。</translation>
    </message>
    <message>
        <source>Upsamples sequences or signals: each element is spread out through learned filters.</source>
        <translation>对序列或信号上采样：每个元素通过可学习的滤波器展开。</translation>
    </message>
    <message>
        <source>Upsamples images: each element is spread out through learned filters.</source>
        <translation>对图像上采样：每个元素通过可学习的滤波器展开。</translation>
    </message>
    <message>
        <source>Upsamples volumes or video: each element is spread out through learned filters.</source>
        <translation>对体数据或视频上采样：每个元素通过可学习的滤波器展开。</translation>
    </message>
    <message>
        <source>Takes the largest value of each window: smaller, keeping what stands out.</source>
        <translation>取每个窗口的最大值：尺寸变小，保留突出的特征。</translation>
    </message>
    <message>
        <source>Takes the mean of each window: smaller and smoother.</source>
        <translation>取每个窗口的平均值：尺寸变小，也更平滑。</translation>
    </message>
    <message>
        <source>Pools to a given size by the mean; size 1 is global pooling.</source>
        <translation>用平均值池化到给定尺寸；尺寸为 1 即全局池化。</translation>
    </message>
    <message>
        <source>Pools to a given size by the maximum; size 1 is global pooling.</source>
        <translation>用最大值池化到给定尺寸；尺寸为 1 即全局池化。</translation>
    </message>
    <message>
        <source>Takes the p-norm of each window, between the sum and the maximum.</source>
        <translation>取每个窗口的 p 范数，介于求和与最大值之间。</translation>
    </message>
    <message>
        <source>Max pooling by any ratio, with windows at random places.</source>
        <translation>按任意比例进行最大池化，窗口位置随机。</translation>
    </message>
    <message>
        <source>Puts each value back where max pooling took it from, with zeros between.</source>
        <translation>把每个值放回最大池化取出它的位置，其余填零。</translation>
    </message>
    <message>
        <source>Adds zeros around the input; negative sizes cut it instead.</source>
        <translation>在输入四周补零；负数则裁剪。</translation>
    </message>
    <message>
        <source>Adds a number around the input; negative sizes cut it instead.</source>
        <translation>在输入四周补一个数；负数则裁剪。</translation>
    </message>
    <message>
        <source>Continues the input beyond its border as in a mirror.</source>
        <translation>像镜子一样将输入延伸到边界之外。</translation>
    </message>
    <message>
        <source>Repeats the outermost elements beyond the border.</source>
        <translation>在边界之外重复最外侧的元素。</translation>
    </message>
    <message>
        <source>Continues the input beyond its border from the other side.</source>
        <translation>在边界之外从另一侧接续输入。</translation>
    </message>
    <message>
        <source>Normalises each channel of features or sequences over the batch, which speeds training up.</source>
        <translation>在整个批次上归一化特征或序列的每个通道，使训练更快。</translation>
    </message>
    <message>
        <source>Normalises each channel of images over the batch, which speeds training up.</source>
        <translation>在整个批次上归一化图像的每个通道，使训练更快。</translation>
    </message>
    <message>
        <source>Normalises each channel of volumes over the batch, which speeds training up.</source>
        <translation>在整个批次上归一化体数据的每个通道，使训练更快。</translation>
    </message>
    <message>
        <source>Normalises the last dimensions of each sample by itself, whatever the batch.</source>
        <translation>对每个样本自身的最后几个维度归一化，与批次无关。</translation>
    </message>
    <message>
        <source>Divides the last dimensions by their root mean square: a lighter LayerNorm.</source>
        <translation>将最后几个维度除以其均方根：更轻量的 LayerNorm。</translation>
    </message>
    <message>
        <source>Normalises groups of channels of each sample, so that small batches work as well.</source>
        <translation>对每个样本的通道分组归一化，小批次也同样有效。</translation>
    </message>
    <message>
        <source>Normalises each channel of each of the features or sequences by itself; used for style.</source>
        <translation>对每个特征或序列自身的各通道归一化；用于风格。</translation>
    </message>
    <message>
        <source>Normalises each channel of each of the images by itself; used for style.</source>
        <translation>对每幅图像自身的各通道归一化；用于风格迁移。</translation>
    </message>
    <message>
        <source>Normalises each channel of each of the volumes by itself; used for style.</source>
        <translation>对每个体数据自身的各通道归一化；用于风格。</translation>
    </message>
    <message>
        <source>Lets strong channels damp their neighbours, as AlexNet did.</source>
        <translation>让强的通道抑制相邻通道，如 AlexNet 所做。</translation>
    </message>
    <message>
        <source>LocalResponseNorm as Lua Torch had it, to run models of that time.</source>
        <translation>Lua Torch 中的 LocalResponseNorm，用于运行那个时期的模型。</translation>
    </message>
    <message>
        <source>Keeps what is positive and makes the rest zero.</source>
        <translation>保留正值，其余置零。</translation>
    </message>
    <message>
        <source>Keeps what is positive and shrinks the rest.</source>
        <translation>保留正值，缩小其余的值。</translation>
    </message>
    <message>
        <source>Keeps what is positive and shrinks the rest by a learned slope.</source>
        <translation>保留正值，其余按可学习的斜率缩小。</translation>
    </message>
    <message>
        <source>A LeakyReLU whose slope is drawn at random while training.</source>
        <translation>训练时斜率随机抽取的 LeakyReLU。</translation>
    </message>
    <message>
        <source>Keeps what is above a threshold and puts a number in place of the rest.</source>
        <translation>保留高于阈值的值，其余用一个数代替。</translation>
    </message>
    <message>
        <source>ReLU that stops at 6.</source>
        <translation>上限为 6 的 ReLU。</translation>
    </message>
    <message>
        <source>A smooth ReLU, usual in transformers.</source>
        <translation>平滑的 ReLU，常用于 Transformer。</translation>
    </message>
    <message>
        <source>The input times its sigmoid; also called swish.</source>
        <translation>输入乘以自身的 sigmoid；也称 swish。</translation>
    </message>
    <message>
        <source>A smooth ReLU that dips below zero.</source>
        <translation>平滑的 ReLU，在零以下略有下凹。</translation>
    </message>
    <message>
        <source>Keeps what is positive; the rest falls smoothly towards −alpha.</source>
        <translation>保留正值；其余平滑地趋近 −alpha。</translation>
    </message>
    <message>
        <source>An ELU whose slope is continuous for every alpha.</source>
        <translation>对任何 alpha 斜率都连续的 ELU。</translation>
    </message>
    <message>
        <source>An ELU scaled so that activations normalise themselves.</source>
        <translation>经过缩放的 ELU，使激活值自行归一化。</translation>
    </message>
    <message>
        <source>Squeezes each element between 0 and 1.</source>
        <translation>将每个元素压缩到 0 与 1 之间。</translation>
    </message>
    <message>
        <source>The logarithm of the sigmoid, computed safely.</source>
        <translation>sigmoid 的对数，以数值稳定的方式计算。</translation>
    </message>
    <message>
        <source>Squeezes each element between −1 and 1.</source>
        <translation>将每个元素压缩到 −1 与 1 之间。</translation>
    </message>
    <message>
        <source>A sigmoid made of straight lines.</source>
        <translation>由直线段组成的 sigmoid。</translation>
    </message>
    <message>
        <source>A swish made of straight lines.</source>
        <translation>由直线段组成的 swish。</translation>
    </message>
    <message>
        <source>Cuts each element off at two bounds.</source>
        <translation>将每个元素截断在上下两个界限之间。</translation>
    </message>
    <message>
        <source>A smooth ReLU that is always positive.</source>
        <translation>始终为正的平滑 ReLU。</translation>
    </message>
    <message>
        <source>Moves each element towards zero by lambd, and to zero what is closer.</source>
        <translation>将每个元素向零移动 lambd，更近的置为零。</translation>
    </message>
    <message>
        <source>Makes zero what is within lambd of zero and keeps the rest.</source>
        <translation>与零相距不超过 lambd 的置零，其余保留。</translation>
    </message>
    <message>
        <source>The input less its tanh.</source>
        <translation>输入减去其 tanh。</translation>
    </message>
    <message>
        <source>Squeezes each element between −1 and 1, more gently than tanh.</source>
        <translation>将每个元素压缩到 −1 与 1 之间，比 tanh 更平缓。</translation>
    </message>
    <message>
        <source>Turns the elements along one dimension into probabilities.</source>
        <translation>将一个维度上的元素转换为概率。</translation>
    </message>
    <message>
        <source>Softmax of the negated input: the smallest weighs most.</source>
        <translation>对取负后的输入做 softmax：最小的权重最大。</translation>
    </message>
    <message>
        <source>Softmax over the channels at each place of an image.</source>
        <translation>在图像的每个位置上对各通道做 softmax。</translation>
    </message>
    <message>
        <source>The logarithm of Softmax, computed safely.</source>
        <translation>Softmax 的对数，以数值稳定的方式计算。</translation>
    </message>
    <message>
        <source>Lets one half of a dimension gate the other.</source>
        <translation>让一个维度的一半作为另一半的门控。</translation>
    </message>
    <message>
        <source>Makes a random share of the elements zero while training.</source>
        <translation>训练时随机将一部分元素置零。</translation>
    </message>
    <message>
        <source>Makes whole random channels of sequences zero while training.</source>
        <translation>训练时随机将序列的整个通道置零。</translation>
    </message>
    <message>
        <source>Makes whole random channels of images zero while training.</source>
        <translation>训练时随机将图像的整个通道置零。</translation>
    </message>
    <message>
        <source>Makes whole random channels of volumes zero while training.</source>
        <translation>训练时随机将体数据的整个通道置零。</translation>
    </message>
    <message>
        <source>Dropout that keeps mean and variance, to go with SELU.</source>
        <translation>保持均值和方差的 dropout，与 SELU 配合使用。</translation>
    </message>
    <message>
        <source>AlphaDropout of whole channels.</source>
        <translation>作用于整个通道的 AlphaDropout。</translation>
    </message>
    <message>
        <source>Reads a sequence step by step with a simple state.</source>
        <translation>以简单的状态逐步读取序列。</translation>
    </message>
    <message>
        <source>Reads a sequence with a state that can remember for long.</source>
        <translation>以能长期记忆的状态读取序列。</translation>
    </message>
    <message>
        <source>Reads a sequence with gates, lighter than an LSTM.</source>
        <translation>以门控读取序列，比 LSTM 更轻量。</translation>
    </message>
    <message>
        <source>One step of an RNN, for loops of one&apos;s own.</source>
        <translation>RNN 的一步，用于自己编写的循环。</translation>
    </message>
    <message>
        <source>One step of an LSTM, with its state and memory.</source>
        <translation>LSTM 的一步，带有状态和记忆。</translation>
    </message>
    <message>
        <source>One step of a GRU.</source>
        <translation>GRU 的一步。</translation>
    </message>
    <message>
        <source>Lets each step of the query gather from all steps of key and value.</source>
        <translation>让查询的每一步从键和值的所有步中汇集信息。</translation>
    </message>
    <message>
        <source>One layer of a transformer: self-attention, then a small network on each step.</source>
        <translation>Transformer 的一层：先自注意力，再对每一步应用小型网络。</translation>
    </message>
    <message>
        <source>One layer that attends to its target and to a memory, then a small network.</source>
        <translation>一层：先关注目标和记忆，再经过小型网络。</translation>
    </message>
    <message>
        <source>Several encoder layers on top of each other.</source>
        <translation>叠加的多个编码器层。</translation>
    </message>
    <message>
        <source>Several decoder layers on top of each other.</source>
        <translation>叠加的多个解码器层。</translation>
    </message>
    <message>
        <source>Encoder and decoder: reads one sequence and writes another, as in translation.</source>
        <translation>编码器与解码器：读入一个序列，写出另一个，例如翻译。</translation>
    </message>
    <message>
        <source>Looks up a learned vector for each index, such as a word&apos;s number.</source>
        <translation>为每个索引（例如词的编号）查找一个可学习的向量。</translation>
    </message>
    <message>
        <source>Looks up a vector for each index and gives one for each bag: their mean, sum or maximum.</source>
        <translation>为每个索引查找向量，并为每个袋给出一个：平均、求和或最大值。</translation>
    </message>
    <message>
        <source>Lays the dimensions after the batch out in one row, so that Linear can follow.</source>
        <translation>将批次之后的维度展平成一行，以便后接 Linear。</translation>
    </message>
    <message>
        <source>Parts one dimension into several.</source>
        <translation>将一个维度拆成几个。</translation>
    </message>
    <message>
        <source>Lays the same elements out in another shape; −1 stands for what is left.</source>
        <translation>将同样的元素排成另一种形状；−1 表示剩余的大小。</translation>
    </message>
    <message>
        <source>Puts the dimensions in another order.</source>
        <translation>将维度按另一种顺序排列。</translation>
    </message>
    <message>
        <source>Swaps two dimensions.</source>
        <translation>交换两个维度。</translation>
    </message>
    <message>
        <source>Removes a dimension of size 1.</source>
        <translation>移除一个大小为 1 的维度。</translation>
    </message>
    <message>
        <source>Adds a dimension of size 1.</source>
        <translation>添加一个大小为 1 的维度。</translation>
    </message>
    <message>
        <source>Takes one element along a dimension, such as the last step of a sequence.</source>
        <translation>沿一个维度取一个元素，例如序列的最后一步。</translation>
    </message>
    <message>
        <source>Takes a range of elements along a dimension.</source>
        <translation>沿一个维度取一段元素。</translation>
    </message>
    <message>
        <source>Gives the same numbers in another dtype, such as real numbers for whole ones.</source>
        <translation>将同样的数转换为另一种 dtype，例如把整数转换为实数。</translation>
    </message>
    <message>
        <source>Enlarges images, sequences or volumes by repeating or interpolating.</source>
        <translation>通过重复或插值放大图像、序列或体数据。</translation>
    </message>
    <message>
        <source>Turns channels into resolution, for super-resolution.</source>
        <translation>将通道转换为分辨率，用于超分辨率。</translation>
    </message>
    <message>
        <source>Turns resolution into channels.</source>
        <translation>将分辨率转换为通道。</translation>
    </message>
    <message>
        <source>Gives what came in: a place to hold.</source>
        <translation>原样输出输入：用来占位。</translation>
    </message>
    <message>
        <source>Lays the windows of images side by side, one column for each.</source>
        <translation>将图像的各个窗口并排放置，每个窗口一列。</translation>
    </message>
    <message>
        <source>Adds columns of windows up to images, the way back from Unfold.</source>
        <translation>将窗口的各列相加还原成图像，是 Unfold 的逆过程。</translation>
    </message>
    <message>
        <source>Mixes the channels of groups, so that grouped convolutions see all of them.</source>
        <translation>打乱各组的通道，使分组卷积能看到全部通道。</translation>
    </message>
    <message>
        <source>Repeats dimensions of size 1 without copying; −1 keeps a size.</source>
        <translation>重复大小为 1 的维度而不复制；−1 表示保持大小。</translation>
    </message>
    <message>
        <source>Repeats a tensor for each sample of another, such as a class token.</source>
        <translation>按另一个张量的每个样本重复一个张量，例如类别标记。</translation>
    </message>
    <message>
        <source>Copies a tensor along each dimension.</source>
        <translation>沿每个维度复制张量。</translation>
    </message>
    <message>
        <source>Copies each element along a dimension, side by side.</source>
        <translation>沿一个维度将每个元素并排复制。</translation>
    </message>
    <message>
        <source>Shifts elements; what leaves at one end comes in at the other.</source>
        <translation>移动元素；从一端移出的从另一端进入。</translation>
    </message>
    <message>
        <source>Turns the order of elements along dimensions around.</source>
        <translation>沿维度颠倒元素的顺序。</translation>
    </message>
    <message>
        <source>Takes one dimension out and puts it elsewhere.</source>
        <translation>取出一个维度并放到别处。</translation>
    </message>
    <message>
        <source>Parts a dimension into pieces of the sizes that you list.</source>
        <translation>将一个维度按所列大小分成几段。</translation>
    </message>
    <message>
        <source>Parts a dimension into equal pieces, such as queries, keys and values.</source>
        <translation>将一个维度等分，例如分成查询、键和值。</translation>
    </message>
    <message>
        <source>Takes a dimension apart, one tensor for each element along it.</source>
        <translation>将一个维度拆开，沿它的每个元素各成一个张量。</translation>
    </message>
    <message>
        <source>Takes windows along a dimension, whose elements come last.</source>
        <translation>沿一个维度取窗口，窗口的元素排在最后。</translation>
    </message>
    <message>
        <source>Lets no gradient through: what comes before does not learn from here.</source>
        <translation>不让梯度通过：前面的部分不会由此学习。</translation>
    </message>
    <message>
        <source>Adds elements around the last dimensions, or cuts some off.</source>
        <translation>在最后几个维度周围添加元素，或裁去一些。</translation>
    </message>
    <message>
        <source>Resizes images, sequences or volumes to the sizes that you give.</source>
        <translation>将图像、序列或体数据缩放到给定大小。</translation>
    </message>
    <message>
        <source>Resizes a tensor to the sizes of another, as skip connections need.</source>
        <translation>将张量缩放到另一个张量的大小，跳跃连接常需如此。</translation>
    </message>
    <message>
        <source>Gives each vector along a dimension the length 1.</source>
        <translation>使沿一个维度的每个向量长度为 1。</translation>
    </message>
    <message>
        <source>Takes a row of a table for each index, such as a learned bias.</source>
        <translation>为每个索引取表中的一行，例如可学习的偏置。</translation>
    </message>
    <message>
        <source>Takes the listed elements along a dimension.</source>
        <translation>沿一个维度取所列的元素。</translation>
    </message>
    <message>
        <source>Takes one element for each index: the score of the class that was right.</source>
        <translation>为每个索引取一个元素：正确类别的得分。</translation>
    </message>
    <message>
        <source>Takes elements along a dimension in the order that ArgSort gave.</source>
        <translation>按 ArgSort 给出的顺序沿一个维度取元素。</translation>
    </message>
    <message>
        <source>Adds elements where indices say, as sums over groups or graph edges.</source>
        <translation>将元素加到索引所指之处，例如按组或图的边求和。</translation>
    </message>
    <message>
        <source>Writes each index as a row of zeros with a single one.</source>
        <translation>将每个索引写成一行零，其中只有一个一。</translation>
    </message>
    <message>
        <source>Tells for each element between which boundaries it lies.</source>
        <translation>指出每个元素位于哪两个边界之间。</translation>
    </message>
    <message>
        <source>Adds tensors element by element: the way a skip connection comes back.</source>
        <translation>逐元素相加：跳跃连接就是这样汇合的。</translation>
    </message>
    <message>
        <source>Subtracts the second tensor from the first, element by element.</source>
        <translation>逐元素地从第一个张量中减去第二个。</translation>
    </message>
    <message>
        <source>Multiplies tensors element by element, as gates and attention masks do.</source>
        <translation>逐元素相乘，如门控和注意力掩码。</translation>
    </message>
    <message>
        <source>Divides the first tensor by the second, element by element.</source>
        <translation>逐元素地用第一个张量除以第二个。</translation>
    </message>
    <message>
        <source>Takes the larger of two tensors, element by element.</source>
        <translation>逐元素取两个张量中较大的值。</translation>
    </message>
    <message>
        <source>Takes the smaller of two tensors, element by element.</source>
        <translation>逐元素取两个张量中较小的值。</translation>
    </message>
    <message>
        <source>Multiplies matrices in the last two dimensions.</source>
        <translation>对最后两个维度做矩阵乘法。</translation>
    </message>
    <message>
        <source>Joins tensors along one dimension, one after the other.</source>
        <translation>沿一个维度将张量首尾相接。</translation>
    </message>
    <message>
        <source>Joins tensors of one shape along a new dimension.</source>
        <translation>将形状相同的张量沿一个新维度堆叠。</translation>
    </message>
    <message>
        <source>Adds a number to each element.</source>
        <translation>给每个元素加上一个数。</translation>
    </message>
    <message>
        <source>Subtracts each element from a number: 1 − x.</source>
        <translation>用一个数减去每个元素：1 − x。</translation>
    </message>
    <message>
        <source>Multiplies each element by a number.</source>
        <translation>将每个元素乘以一个数。</translation>
    </message>
    <message>
        <source>Divides each element by a number.</source>
        <translation>将每个元素除以一个数。</translation>
    </message>
    <message>
        <source>Divides whole numbers by a number, or a second tensor, and rounds down.</source>
        <translation>将整数除以一个数或第二个张量，向下取整。</translation>
    </message>
    <message>
        <source>Gives what is left after division by a number, or a second tensor.</source>
        <translation>给出除以一个数或第二个张量后的余数。</translation>
    </message>
    <message>
        <source>Raises each element to a power, or to that of a second tensor.</source>
        <translation>将每个元素求幂，指数为一个数或第二个张量。</translation>
    </message>
    <message>
        <source>Cuts each element off at a lower bound, an upper bound, or both.</source>
        <translation>将每个元素截断在下界、上界或两者之间。</translation>
    </message>
    <message>
        <source>Turns the sign of each element.</source>
        <translation>改变每个元素的符号。</translation>
    </message>
    <message>
        <source>Gives −1, 0 or 1 by the sign of each element.</source>
        <translation>按每个元素的符号给出 −1、0 或 1。</translation>
    </message>
    <message>
        <source>Multiplies each element by itself.</source>
        <translation>将每个元素乘以自身。</translation>
    </message>
    <message>
        <source>Rounds each element down.</source>
        <translation>将每个元素向下取整。</translation>
    </message>
    <message>
        <source>Rounds each element up.</source>
        <translation>将每个元素向上取整。</translation>
    </message>
    <message>
        <source>Rounds each element to the nearest whole number, halves to even.</source>
        <translation>将每个元素舍入到最近的整数，一半时取偶数。</translation>
    </message>
    <message>
        <source>Rounds each element towards zero.</source>
        <translation>将每个元素向零取整。</translation>
    </message>
    <message>
        <source>The exponential of each element.</source>
        <translation>每个元素的指数。</translation>
    </message>
    <message>
        <source>The exponential less 1, exact near zero.</source>
        <translation>指数减 1，在零附近精确。</translation>
    </message>
    <message>
        <source>The natural logarithm of each element.</source>
        <translation>每个元素的自然对数。</translation>
    </message>
    <message>
        <source>The logarithm of 1 + x, exact near zero.</source>
        <translation>1 + x 的对数，在零附近精确。</translation>
    </message>
    <message>
        <source>The logarithm to base 2.</source>
        <translation>以 2 为底的对数。</translation>
    </message>
    <message>
        <source>The logarithm to base 10.</source>
        <translation>以 10 为底的对数。</translation>
    </message>
    <message>
        <source>The square root of each element.</source>
        <translation>每个元素的平方根。</translation>
    </message>
    <message>
        <source>One over the square root of each element.</source>
        <translation>每个元素平方根的倒数。</translation>
    </message>
    <message>
        <source>One over each element.</source>
        <translation>每个元素的倒数。</translation>
    </message>
    <message>
        <source>The sine of each element, in radians.</source>
        <translation>每个元素的正弦，以弧度计。</translation>
    </message>
    <message>
        <source>The cosine of each element, in radians.</source>
        <translation>每个元素的余弦，以弧度计。</translation>
    </message>
    <message>
        <source>The tangent of each element, in radians.</source>
        <translation>每个元素的正切，以弧度计。</translation>
    </message>
    <message>
        <source>The angle whose sine each element is.</source>
        <translation>正弦为该元素的角。</translation>
    </message>
    <message>
        <source>The angle whose cosine each element is.</source>
        <translation>余弦为该元素的角。</translation>
    </message>
    <message>
        <source>The angle whose tangent each element is.</source>
        <translation>正切为该元素的角。</translation>
    </message>
    <message>
        <source>The hyperbolic sine of each element.</source>
        <translation>每个元素的双曲正弦。</translation>
    </message>
    <message>
        <source>The hyperbolic cosine of each element.</source>
        <translation>每个元素的双曲余弦。</translation>
    </message>
    <message>
        <source>The error function of each element.</source>
        <translation>每个元素的误差函数。</translation>
    </message>
    <message>
        <source>One less the error function of each element.</source>
        <translation>1 减去每个元素的误差函数。</translation>
    </message>
    <message>
        <source>The logarithm of the gamma function.</source>
        <translation>伽马函数的对数。</translation>
    </message>
    <message>
        <source>Replaces what is not a number, and infinities, by numbers.</source>
        <translation>将非数和无穷大替换为数。</translation>
    </message>
    <message>
        <source>The angle of the point whose coordinates are y and x.</source>
        <translation>坐标为 y 和 x 的点的角度。</translation>
    </message>
    <message>
        <source>Adds what two logarithms stand for, and takes the logarithm.</source>
        <translation>将两个对数所代表的数相加，再取对数。</translation>
    </message>
    <message>
        <source>The length of the hypotenuse of two sides.</source>
        <translation>两条直角边的斜边长度。</translation>
    </message>
    <message>
        <source>Goes from the first tensor to the second by a part of the way.</source>
        <translation>从第一个张量向第二个张量走一部分路程。</translation>
    </message>
    <message>
        <source>How the sum of one tensor changes with each element of another that it is computed from.</source>
        <translation>一个张量之和如何随计算它的另一个张量的每个元素而变化。</translation>
    </message>
    <message>
        <source>Multiplies matrices, one pair for each sample of the batch.</source>
        <translation>矩阵相乘，批次中每个样本一对。</translation>
    </message>
    <message>
        <source>Multiplies elements and adds up, as an equation over dimensions says.</source>
        <translation>按维度方程所写将元素相乘并求和。</translation>
    </message>
    <message>
        <source>Multiplies each element of one vector with each of another.</source>
        <translation>一个向量的每个元素与另一个的每个元素相乘。</translation>
    </message>
    <message>
        <source>Attends from queries to keys and mixes their values.</source>
        <translation>从查询关注键，并混合它们的值。</translation>
    </message>
    <message>
        <source>The distance of each vector of one tensor to each of another.</source>
        <translation>一个张量的每个向量到另一个的每个向量的距离。</translation>
    </message>
    <message>
        <source>Keeps the lower triangle of each matrix, with zeros above.</source>
        <translation>保留每个矩阵的下三角，上方为零。</translation>
    </message>
    <message>
        <source>Keeps the upper triangle of each matrix, with zeros below.</source>
        <translation>保留每个矩阵的上三角，下方为零。</translation>
    </message>
    <message>
        <source>Takes the diagonal between two dimensions.</source>
        <translation>取两个维度之间的对角线。</translation>
    </message>
    <message>
        <source>Puts the last dimension on the diagonal of matrices.</source>
        <translation>将最后一个维度放到矩阵的对角线上。</translation>
    </message>
    <message>
        <source>Inverts the square matrices in the last two dimensions.</source>
        <translation>对最后两个维度中的方阵求逆。</translation>
    </message>
    <message>
        <source>Tells where elements equal a number, or those of a second tensor.</source>
        <translation>指出元素在何处等于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where elements differ from a number, or those of a second tensor.</source>
        <translation>指出元素在何处不同于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where elements are above a number, or those of a second tensor.</source>
        <translation>指出元素在何处大于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where elements are at least a number, or those of a second tensor.</source>
        <translation>指出元素在何处大于等于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where elements are below a number, or those of a second tensor.</source>
        <translation>指出元素在何处小于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where elements are at most a number, or those of a second tensor.</source>
        <translation>指出元素在何处小于等于一个数或第二个张量的元素。</translation>
    </message>
    <message>
        <source>Tells where two tensors agree up to a tolerance.</source>
        <translation>指出两个张量在何处于容差内一致。</translation>
    </message>
    <message>
        <source>Tells where elements are not a number.</source>
        <translation>指出元素在何处不是数。</translation>
    </message>
    <message>
        <source>Tells where elements are finite numbers.</source>
        <translation>指出元素在何处是有限的数。</translation>
    </message>
    <message>
        <source>Tells where both hold.</source>
        <translation>指出两者在何处都成立。</translation>
    </message>
    <message>
        <source>Tells where at least one holds.</source>
        <translation>指出在何处至少一个成立。</translation>
    </message>
    <message>
        <source>Tells where exactly one holds.</source>
        <translation>指出在何处恰好一个成立。</translation>
    </message>
    <message>
        <source>Tells where something does not hold.</source>
        <translation>指出在何处不成立。</translation>
    </message>
    <message>
        <source>Takes elements of one tensor where the condition holds, else of the other.</source>
        <translation>条件成立处取一个张量的元素，否则取另一个的。</translation>
    </message>
    <message>
        <source>Puts a number where the mask holds, as attention hides what comes later.</source>
        <translation>在掩码成立处放一个数，注意力就这样隐藏后面的内容。</translation>
    </message>
    <message>
        <source>Takes the mean over some dimensions; over 2, 3 it is global average pooling.</source>
        <translation>对若干维度取平均；对 2, 3 即全局平均池化。</translation>
    </message>
    <message>
        <source>Adds up over some dimensions.</source>
        <translation>对若干维度求和。</translation>
    </message>
    <message>
        <source>Takes the largest element over some dimensions.</source>
        <translation>对若干维度取最大元素。</translation>
    </message>
    <message>
        <source>Takes the smallest element over some dimensions.</source>
        <translation>对若干维度取最小元素。</translation>
    </message>
    <message>
        <source>Gives the index of the largest element along one dimension: the predicted class.</source>
        <translation>给出一个维度上最大元素的索引：即预测的类别。</translation>
    </message>
    <message>
        <source>Multiplies along one dimension.</source>
        <translation>沿一个维度求积。</translation>
    </message>
    <message>
        <source>Takes the variance over some dimensions.</source>
        <translation>对若干维度求方差。</translation>
    </message>
    <message>
        <source>Takes the standard deviation over some dimensions.</source>
        <translation>对若干维度求标准差。</translation>
    </message>
    <message>
        <source>Adds what logarithms stand for, and takes the logarithm.</source>
        <translation>将对数所代表的数相加，再取对数。</translation>
    </message>
    <message>
        <source>Takes the length of vectors along some dimensions.</source>
        <translation>求沿若干维度的向量长度。</translation>
    </message>
    <message>
        <source>Tells whether all hold along some dimensions.</source>
        <translation>指出沿若干维度是否全部成立。</translation>
    </message>
    <message>
        <source>Tells whether any holds along some dimensions.</source>
        <translation>指出沿若干维度是否有任一成立。</translation>
    </message>
    <message>
        <source>Counts the elements that are not zero.</source>
        <translation>统计非零元素的个数。</translation>
    </message>
    <message>
        <source>Gives the index of the smallest element along one dimension.</source>
        <translation>给出沿一个维度最小元素的索引。</translation>
    </message>
    <message>
        <source>The cosine of the angle between two vectors: 1 for the same direction.</source>
        <translation>两个向量夹角的余弦：方向相同时为 1。</translation>
    </message>
    <message>
        <source>The distance between two vectors in the last dimension.</source>
        <translation>两个向量在最后一个维度上的距离。</translation>
    </message>
    <message>
        <source>Turns two vectors towards each other where the target is 1, apart where it is −1.</source>
        <translation>目标为 1 时使两个向量靠近，为 −1 时使其远离。</translation>
    </message>
    <message>
        <source>Wants the first input above the second where the target is 1, below where it is −1.</source>
        <translation>目标为 1 时要求第一个输入大于第二个，为 −1 时要求小于。</translation>
    </message>
    <message>
        <source>Wants an anchor closer to a positive than to a negative by a margin.</source>
        <translation>要求锚点离正样本比离负样本更近一个间隔。</translation>
    </message>
    <message>
        <source>For numbers whose variance the network predicts as well.</source>
        <translation>用于网络同时预测方差的数值。</translation>
    </message>
    <message>
        <source>For several right classes at once, listed in the target with −1 after the last.</source>
        <translation>用于同时有多个正确类别的情形，目标中依次列出，末尾为 −1。</translation>
    </message>
    <message>
        <source>For sequences without alignment, such as speech and the words spoken.</source>
        <translation>用于没有对齐的序列，例如语音与所说的词。</translation>
    </message>
    <message>
        <source>A classifier for very many classes, of which few are frequent, with its loss.</source>
        <translation>类别极多而常见者少时的分类器，自带损失。</translation>
    </message>
    <message>
        <source>Adds up along a dimension, one total for each element.</source>
        <translation>沿一个维度累加，每个元素给出一个总和。</translation>
    </message>
    <message>
        <source>Multiplies along a dimension, one product for each element.</source>
        <translation>沿一个维度累乘，每个元素给出一个乘积。</translation>
    </message>
    <message>
        <source>Adds up along a dimension what logarithms stand for.</source>
        <translation>沿一个维度累加对数所代表的数。</translation>
    </message>
    <message>
        <source>The largest element so far along a dimension, and where it stands.</source>
        <translation>沿一个维度至今最大的元素及其位置。</translation>
    </message>
    <message>
        <source>The smallest element so far along a dimension, and where it stands.</source>
        <translation>沿一个维度至今最小的元素及其位置。</translation>
    </message>
    <message>
        <source>Sorts along a dimension, and tells where each element stood.</source>
        <translation>沿一个维度排序，并指出每个元素原来的位置。</translation>
    </message>
    <message>
        <source>Tells in which order elements would be sorted.</source>
        <translation>指出元素排序后的顺序。</translation>
    </message>
    <message>
        <source>Takes the k largest elements along a dimension, and where they stand.</source>
        <translation>取沿一个维度最大的 k 个元素及其位置。</translation>
    </message>
    <message>
        <source>Takes the k-th smallest element along a dimension.</source>
        <translation>取沿一个维度第 k 小的元素。</translation>
    </message>
    <message>
        <source>Takes the middle element along a dimension, and where it stands.</source>
        <translation>取沿一个维度居中的元素及其位置。</translation>
    </message>
    <message>
        <source>Takes the largest element along one dimension, and its index.</source>
        <translation>取沿一个维度最大的元素及其索引。</translation>
    </message>
    <message>
        <source>Takes the smallest element along one dimension, and its index.</source>
        <translation>取沿一个维度最小的元素及其索引。</translation>
    </message>
    <message>
        <source>A learned tensor, such as a class token or position embedding.</source>
        <translation>可学习的张量，例如类别标记或位置嵌入。</translation>
    </message>
    <message>
        <source>A tensor that is saved with the weights but not trained.</source>
        <translation>随权重保存但不训练的张量。</translation>
    </message>
    <message>
        <source>One number everywhere, fixed.</source>
        <translation>处处为同一个数，固定不变。</translation>
    </message>
    <message>
        <source>The whole numbers from start up to end, fixed.</source>
        <translation>从 start 到 end 之前的整数，固定不变。</translation>
    </message>
    <message>
        <source>Numbers from start to end in equal steps, fixed.</source>
        <translation>从 start 到 end 等步长的数，固定不变。</translation>
    </message>
    <message>
        <source>A matrix with ones on its diagonal, fixed.</source>
        <translation>对角线为一的矩阵，固定不变。</translation>
    </message>
    <message>
        <source>Counts along a dimension of the input: indices for a position embedding.</source>
        <translation>沿输入的一个维度计数：位置嵌入的索引。</translation>
    </message>
    <message>
        <source>True where attention would look ahead: the attn_mask or tgt_mask of a decoder.</source>
        <translation>在注意力会看到后文之处为 True：解码器的 attn_mask 或 tgt_mask。</translation>
    </message>
    <message>
        <source>Zeros in the shape of the input, such as a first state.</source>
        <translation>与输入同形状的零，例如初始状态。</translation>
    </message>
    <message>
        <source>Ones in the shape of the input.</source>
        <translation>与输入同形状的一。</translation>
    </message>
    <message>
        <source>One number in the shape of the input.</source>
        <translation>与输入同形状的同一个数。</translation>
    </message>
    <message>
        <source>New random numbers in the shape of the input, as autoencoders sample.</source>
        <translation>与输入同形状的新随机数，自编码器这样采样。</translation>
    </message>
    <message>
        <source>For one of several classes; takes raw scores and applies softmax itself.</source>
        <translation>用于多个类别之一；接受原始得分，并自行应用 softmax。</translation>
    </message>
    <message>
        <source>For one of several classes; takes log-probabilities, as from LogSoftmax.</source>
        <translation>用于多个类别之一；接受对数概率，例如 LogSoftmax 的输出。</translation>
    </message>
    <message>
        <source>For one of several classes; the right score must lead by a margin.</source>
        <translation>用于多个类别之一；正确得分必须领先一个间隔。</translation>
    </message>
    <message>
        <source>For yes or no; takes raw scores and applies sigmoid itself.</source>
        <translation>用于是或否；接受原始得分，并自行应用 sigmoid。</translation>
    </message>
    <message>
        <source>For yes or no; takes probabilities, as from Sigmoid.</source>
        <translation>用于是或否；接受概率，例如 Sigmoid 的输出。</translation>
    </message>
    <message>
        <source>For yes or no of several labels at once; takes raw scores, one for each label.</source>
        <translation>用于同时判断多个标签的是或否；接受原始得分，每个标签一个。</translation>
    </message>
    <message>
        <source>For yes or no; takes raw scores, which a logistic curve holds against the sign.</source>
        <translation>用于是或否；接受原始得分，用逻辑曲线与符号比较。</translation>
    </message>
    <message>
        <source>For alike or not; takes distances, which are to be small for class 1, else large.</source>
        <translation>用于相似与否；接受距离，类别 1 时应小，否则应大。</translation>
    </message>
    <message>
        <source>Mean squared error, the usual one for numbers.</source>
        <translation>均方误差，数值目标常用的损失。</translation>
    </message>
    <message>
        <source>Mean absolute error: outliers weigh less.</source>
        <translation>平均绝对误差：离群值影响较小。</translation>
    </message>
    <message>
        <source>Squared for small errors and absolute for large ones.</source>
        <translation>小误差取平方，大误差取绝对值。</translation>
    </message>
    <message>
        <source>Squared for small errors and straight for large ones.</source>
        <translation>小误差取平方，大误差按直线增长。</translation>
    </message>
    <message>
        <source>For counts, taken to be Poisson-distributed.</source>
        <translation>用于计数，假定服从泊松分布。</translation>
    </message>
    <message>
        <source>For whole distributions; holds log-probabilities against probabilities.</source>
        <translation>用于整个分布；将对数概率与概率比较。</translation>
    </message>
    <message>
        <source>Makes a random share of whole samples zero while training: stochastic depth.</source>
        <translation>训练时随机将一部分样本整体置零：随机深度。</translation>
    </message>
    <message>
        <source>Lays the same elements out in the shape of another tensor.</source>
        <translation>按另一个张量的形状重新排列同样的元素。</translation>
    </message>
    <message>
        <source>Parts a dimension into those of another tensor: tokens back to H×W.</source>
        <translation>把一个维度拆成另一个张量的若干维度：把 token 还原为 H×W。</translation>
    </message>
    <message>
        <source>Gives the same numbers in the dtype of another tensor.</source>
        <translation>把同样的数转换为另一个张量的 dtype。</translation>
    </message>
    <message>
        <source>The places that a rotation, shift or scaling looks at: a grid to sample.</source>
        <translation>旋转、平移或缩放所要查看的位置：供采样的网格。</translation>
    </message>
    <message>
        <source>Looks an image or volume up at the places that a grid names.</source>
        <translation>在网格给出的位置上对图像或体数据取样。</translation>
    </message>
    <message>
        <source>Puts elements where indices say, over what was there.</source>
        <translation>把元素放到索引所指的位置，覆盖原有内容。</translation>
    </message>
    <message>
        <source>Adds rows where indices say, as sums over graph edges.</source>
        <translation>把各行加到索引所指的位置，例如沿图的边求和。</translation>
    </message>
    <message>
        <source>New random numbers from 0 to 1 in the shape of the input.</source>
        <translation>与输入同形状、在 0 到 1 之间的新随机数。</translation>
    </message>
    <message>
        <source>New random numbers of given means and standard deviations.</source>
        <translation>按给定均值和标准差产生的新随机数。</translation>
    </message>
    <message>
        <source>New zeros and ones: one as often as the input says.</source>
        <translation>新的零和一：输入给出取一的概率。</translation>
    </message>
    <message>
        <source>Draws indices as often as their weights say, as text is sampled.</source>
        <translation>按权重抽取索引，例如对文本采样。</translation>
    </message>
    <message>
        <source>Takes the real part of each complex number.</source>
        <translation>取每个复数的实部。</translation>
    </message>
    <message>
        <source>Takes the imaginary part of each complex number.</source>
        <translation>取每个复数的虚部。</translation>
    </message>
    <message>
        <source>Gives the angle of each complex number, its phase.</source>
        <translation>给出每个复数的辐角，即相位。</translation>
    </message>
    <message>
        <source>Turns the sign of each imaginary part.</source>
        <translation>改变每个虚部的符号，即取共轭。</translation>
    </message>
    <message>
        <source>Writes each complex number as two real ones, in a last dimension of 2.</source>
        <translation>把每个复数写成两个实数，放在大小为 2 的最后一维。</translation>
    </message>
    <message>
        <source>Reads a last dimension of 2 as the parts of complex numbers.</source>
        <translation>把大小为 2 的最后一维读作复数的实部与虚部。</translation>
    </message>
    <message>
        <source>Makes complex numbers of their real and imaginary parts.</source>
        <translation>由实部和虚部组成复数。</translation>
    </message>
    <message>
        <source>Makes complex numbers of their sizes and angles.</source>
        <translation>由模和辐角组成复数。</translation>
    </message>
    <message>
        <source>The Fourier transform along one dimension.</source>
        <translation>沿一个维度的傅里叶变换。</translation>
    </message>
    <message>
        <source>The inverse Fourier transform along one dimension.</source>
        <translation>沿一个维度的傅里叶逆变换。</translation>
    </message>
    <message>
        <source>The Fourier transform of pictures.</source>
        <translation>图像的傅里叶变换。</translation>
    </message>
    <message>
        <source>The inverse Fourier transform of pictures.</source>
        <translation>图像的傅里叶逆变换。</translation>
    </message>
    <message>
        <source>The Fourier transform along several dimensions.</source>
        <translation>沿多个维度的傅里叶变换。</translation>
    </message>
    <message>
        <source>The inverse Fourier transform along several dimensions.</source>
        <translation>沿多个维度的傅里叶逆变换。</translation>
    </message>
    <message>
        <source>Puts the frequency 0 of a spectrum into the middle.</source>
        <translation>把频谱的零频移到中间。</translation>
    </message>
    <message>
        <source>Puts the middle of a spectrum first, as transforms back take it.</source>
        <translation>把频谱的中间移到最前，供逆变换使用。</translation>
    </message>
    <message>
        <source>The frequencies of a Fourier transform, fixed.</source>
        <translation>傅里叶变换的各个频率，固定不变。</translation>
    </message>
    <message>
        <source>The frequencies of half a spectrum, fixed.</source>
        <translation>半谱的各个频率，固定不变。</translation>
    </message>
    <message>
        <source>Takes each element without its sign, or the size of a complex number.</source>
        <translation>取每个元素的绝对值，或复数的模。</translation>
    </message>
    <message>
        <source>Half the Fourier transform along one dimension, which is all that real numbers have.</source>
        <translation>沿一个维度的半谱傅里叶变换，对实数而言已包含全部信息。</translation>
    </message>
    <message>
        <source>Real numbers of half a Fourier transform along one dimension, as many as “like” has.</source>
        <translation>由沿一个维度的半谱还原实数，个数与“like”相同。</translation>
    </message>
    <message>
        <source>Half the Fourier transform of pictures, which is all that real numbers have.</source>
        <translation>图像的半谱傅里叶变换，对实数而言已包含全部信息。</translation>
    </message>
    <message>
        <source>Real numbers of half a Fourier transform of pictures, as many as “like” has.</source>
        <translation>由图像的半谱还原实数，个数与“like”相同。</translation>
    </message>
    <message>
        <source>Half the Fourier transform along several dimensions, which is all that real numbers have.</source>
        <translation>沿多个维度的半谱傅里叶变换，对实数而言已包含全部信息。</translation>
    </message>
    <message>
        <source>Real numbers of half a Fourier transform along several dimensions, as many as “like” has.</source>
        <translation>由沿多个维度的半谱还原实数，个数与“like”相同。</translation>
    </message>
    <message>
        <source>New random numbers of mean 0 and deviation 1 at each call, as a generator begins with.</source>
        <translation>每次调用新取均值为 0、标准差为 1 的随机数，生成器由此开始。</translation>
    </message>
    <message>
        <source>New random numbers from 0 to 1 at each call.</source>
        <translation>每次调用新取 0 到 1 之间的随机数。</translation>
    </message>
    <message>
        <source>New random whole numbers from low up to high at each call.</source>
        <translation>每次调用新取从 low 到 high（不含）的随机整数。</translation>
    </message>
    <message>
        <source>Lists where the input is not zero, or true: a row of indices for each place.</source>
        <translation>列出输入中非零（或为真）的位置：每个位置一行下标。</translation>
    </message>
    <message>
        <source>Takes the elements where the mask is true, one after the other.</source>
        <translation>依次取出掩码为真处的元素。</translation>
    </message>
</context>
<context>
    <name>LayerEditor</name>
    <message>
        <source>Custom layer</source>
        <translation>自定义层</translation>
    </message>
    <message>
        <source>Python text of the layer</source>
        <translation>层的 Python 文本</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>从模板开始</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Allow and Check</source>
        <translation>允许并检查</translation>
    </message>
    <message>
        <source>Keep without Running</source>
        <translation>保留但不运行</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>This text has not run on this computer. Once allowed, it runs with all your rights: it can read, change and send your files. Allow only what you have read and understood.</source>
        <translation>这段文本尚未在这台计算机上运行过。一旦允许，它将以你的全部权限运行：可以读取、修改和发送你的文件。只允许你已读过并理解的内容。</translation>
    </message>
    <message>
        <source>Allowed on this computer. A changed text has to be allowed again.</source>
        <translation>已在这台计算机上允许。文本改动后需要再次允许。</translation>
    </message>
    <message>
        <source>The permission could not be saved: {0}</source>
        <translation>无法保存许可：{0}</translation>
    </message>
    <message>
        <source>The permission could not be taken back: {0}</source>
        <translation>无法收回许可：{0}</translation>
    </message>
    <message>
        <source>New custom layer</source>
        <translation>新建自定义层</translation>
    </message>
    <message>
        <source>Edit {0}</source>
        <translation>编辑 {0}</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>移除 {0}</translation>
    </message>
    <message>
        <source>Close without keeping what you have written?</source>
        <translation>不保留所写内容就关闭？</translation>
    </message>
    <message>
        <source>It is checked, and nothing was changed since.</source>
        <translation>已检查，此后没有改动。</translation>
    </message>
    <message>
        <source>The text has to be mended first.</source>
        <translation>请先改正文本中的错误。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动。</translation>
    </message>
</context>
<context>
    <name>LayersField</name>
    <message>
        <source>Choose layers…</source>
        <translation>选择层…</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>What is shown of each layer</source>
        <translation>显示各层的什么</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>LeavingDialog</name>
    <message>
        <source>Closing</source>
        <translation>正在关闭</translation>
    </message>
    <message>
        <source>The connection to {0} is closed, and the run goes on there.</source>
        <translation>正在断开与 {0} 的连接，训练仍在那里继续。</translation>
    </message>
    <message>
        <source>The run ends as soon as PyTorch and the data are loaded.</source>
        <translation>PyTorch 和数据加载完毕后，本次训练就会结束。</translation>
    </message>
    <message>
        <source>The step under way is finished, then the weights are written.</source>
        <translation>正在完成当前这一步，然后写入权重。</translation>
    </message>
    <message>
        <source>The window closes as soon as the run is kept somewhere, or given up.</source>
        <translation>等本次训练保存到某处，或者放弃它，窗口就会关闭。</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>{setting}: {best} is best ({reached}), but some value has one run only, so this may be chance. Vary the seed, too.</source>
        <translation>{setting}：{best} 最好（{reached}），但有的取值只运行了一次，可能只是偶然。请同时改变随机种子。</translation>
    </message>
    <message>
        <source>{setting}: these runs tell no value from another. The best mean is that of {best} ({reached}); within the deviation of the runs: {level}.</source>
        <translation>{setting}：这些运行无法区分各取值。均值最好的是 {best}（{reached}）；在运行的偏差之内：{level}。</translation>
    </message>
    <message>
        <source>{setting}: {best} is best ({reached}), by more than the runs deviate; the others: {worse}.</source>
        <translation>{setting}：{best} 最好（{reached}），差距大于运行的偏差；其余：{worse}。</translation>
    </message>
    <message>
        <source>{setting}: {best} has the best mean ({reached}), but these runs do not tell it from {level}; worse by more than the runs deviate: {worse}.</source>
        <translation>{setting}：{best} 的均值最好（{reached}），但这些运行无法把它与 {level} 区分；明显更差（差距大于运行的偏差）：{worse}。</translation>
    </message>
    <message>
        <source>without</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The seed alone moves {figure} from {low} to {high} ({mean} ± {deviation} over {count} seeds): runs of one seed that differ by less say nothing.</source>
        <translation>仅随机种子就使{figure}在 {low} 到 {high} 之间变动（{count} 个种子，{mean} ± {deviation}）：单个种子的运行若相差更小，则说明不了什么。</translation>
    </message>
</context>
<context>
    <name>LookButton</name>
    <message>
        <source>Look at the data first</source>
        <translation>先查看数据</translation>
    </message>
    <message>
        <source>See how the file was read; then the network can be made to fit it.</source>
        <translation>先看文件是怎样读取的，然后才能让网络与之匹配。</translation>
    </message>
</context>
<context>
    <name>LossPanel</name>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Undo: {0}</source>
        <translation>撤销：{0}</translation>
    </message>
    <message>
        <source>Redo: {0}</source>
        <translation>重做：{0}</translation>
    </message>
</context>
<context>
    <name>Matrix</name>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>{0} taken for {1}: {2} of {3} ({4} %)</source>
        <translation>{0} 被当成 {1}：{3} 个中 {2} 个（{4} %）</translation>
    </message>
</context>
<context>
    <name>MeasureDialog</name>
    <message>
        <source>Measure a Step</source>
        <translation>测量一个训练步</translation>
    </message>
    <message>
        <source>Some steps are being done …</source>
        <translation>正在执行若干训练步…</translation>
    </message>
    <message>
        <source>Find the Largest Batch</source>
        <translation>寻找最大批次</translation>
    </message>
    <message>
        <source>A step of {0} samples</source>
        <translation>一步（{0} 个样本）</translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation>每秒样本数</translation>
    </message>
    <message>
        <source>All epochs, without validation</source>
        <translation>全部轮次（不含验证）</translation>
    </message>
    <message>
        <source>Where the time goes</source>
        <translation>时间分布</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>{0} measured, {1} estimated</source>
        <translation>实测 {0}，估计 {1}</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>一步</translation>
    </message>
    <message>
        <source>Batches are tried in a process of their own, up to {0} of memory.</source>
        <translation>在独立进程中试验各批次，内存上限 {0}。</translation>
    </message>
    <message>
        <source>A batch of {0} fits.</source>
        <translation>批次 {0} 可行。</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>使用 {0}</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
</context>
<context>
    <name>MemoryPanel</name>
    <message>
        <source>main memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Block</source>
        <translation>模块(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Colour &amp;By</source>
        <translation>着色(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>mean absolute error</source>
        <translation>平均绝对误差</translation>
    </message>
    <message>
        <source>balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>top-{0} accuracy</source>
        <translation>前 {0} 准确率</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>交并比</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice 系数</translation>
    </message>
    <message>
        <source>ROC-AUC</source>
        <translation>ROC-AUC</translation>
    </message>
    <message>
        <source>average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>confusion</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>root mean square error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>mean percentage error</source>
        <translation>平均百分比误差</translation>
    </message>
    <message>
        <source>micro</source>
        <translation>微平均</translation>
    </message>
    <message>
        <source>per class</source>
        <translation>各类别</translation>
    </message>
</context>
<context>
    <name>MetricsPanel</name>
    <message>
        <source>{0}, training</source>
        <translation>{0}，训练</translation>
    </message>
    <message>
        <source>{0}, validation</source>
        <translation>{0}，验证</translation>
    </message>
    <message>
        <source>Which metrics</source>
        <translation>选择指标</translation>
    </message>
    <message>
        <source>The usual ones</source>
        <translation>默认指标</translation>
    </message>
</context>
<context>
    <name>MetricsRow</name>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>The usual ones</source>
        <translation>常用指标</translation>
    </message>
</context>
<context>
    <name>MistakesPage</name>
    <message>
        <source>Sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
</context>
<context>
    <name>ModelImport</name>
    <message>
        <source>What to know of it</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>Open as Project</source>
        <translation>作为项目打开</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s), {0} parameters</source>
        <translation>
            <numerusform>%n 个节点，{0} 个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is drawn, and all weights are there.</source>
        <translation>全部内容均已绘制，所有权重齐全。</translation>
    </message>
    <message>
        <source>Run beside the model, its results differ by {0} at most.</source>
        <translation>与模型并行运行后，结果最多相差 {0}。</translation>
    </message>
    <message>
        <source>The weights could not be kept: {0}</source>
        <translation>无法保存权重：{0}</translation>
    </message>
</context>
<context>
    <name>ModuleImport</name>
    <message>
        <source>Run a Module</source>
        <translation>运行模块</translation>
    </message>
    <message>
        <source>The Python text</source>
        <translation>Python 文本</translation>
    </message>
    <message>
        <source>A class, or what makes a module, with its arguments: Net(num_classes=10)</source>
        <translation>一个类，或能生成模块的函数，可带参数：Net(num_classes=10)</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>All sizes of each input, such as 1,3,224,224, or tokens=N,T:int64 for whole numbers and any length; several with a space between them.</source>
        <translation>每个输入的全部尺寸，例如 1,3,224,224；整数且长度任意时写 tokens=N,T:int64；多个输入以空格分隔。</translation>
    </message>
    <message>
        <source>The text runs in a process of its own, with all your rights, and so does what it imports. Read it before you allow it. The project is compared with the module.</source>
        <translation>这段文本在独立进程中运行，拥有你的全部权限，它导入的内容也一样。请先阅读再允许。生成的项目会与模块比较。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Allow This Text, and Run It</source>
        <translation>允许这段文本并运行</translation>
    </message>
    <message>
        <source>The permission cannot be saved: {0}</source>
        <translation>无法保存许可：{0}</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>正在运行…</translation>
    </message>
</context>
<context>
    <name>MultiplesSection</name>
    <message>
        <source>“//” rounds down, as in {0}.</source>
        <translation>“//”表示向下取整，例如 {0}。</translation>
    </message>
    <message>
        <source>State: {0}</source>
        <translation>声明：{0}</translation>
    </message>
    <message>
        <source>Then no size in the network is rounded.</source>
        <translation>这样网络中就没有尺寸需要取整。</translation>
    </message>
    <message>
        <source>multiple of</source>
        <translation>的整除数</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>任意尺寸</translation>
    </message>
    <message>
        <source>{0} is a multiple of</source>
        <translation>{0} 的整除数</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>About Layerweft</source>
        <translation>关于 Layerweft</translation>
    </message>
    <message>
        <source>Draw a network, see every shape as you draw, train it while you watch, keep the code.</source>
        <translation>绘制网络，随画随见每个形状，边看边训练，带走代码。</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Name of the network</source>
        <translation>网络的名称</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Name of the block</source>
        <translation>模块名称</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Rename the network</source>
        <translation>重命名网络</translation>
    </message>
</context>
<context>
    <name>NetworksButton</name>
    <message>
        <source>Networks of this project</source>
        <translation>此项目的网络</translation>
    </message>
    <message>
        <source>{0} (trained and exported)</source>
        <translation>{0}（用于训练和导出）</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Train and export this one</source>
        <translation>训练并导出这个网络</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Add a network</source>
        <translation>添加网络</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of the network</source>
        <translation>网络名称</translation>
    </message>
    <message>
        <source>Rename the network</source>
        <translation>重命名网络</translation>
    </message>
    <message>
        <source>Duplicate {0}</source>
        <translation>创建 {0} 的副本</translation>
    </message>
    <message>
        <source>Delete {0}</source>
        <translation>删除 {0}</translation>
    </message>
    <message>
        <source>Train and export {0}</source>
        <translation>训练并导出 {0}</translation>
    </message>
    <message>
        <source>A project has at least one network.</source>
        <translation>项目中至少要有一个网络。</translation>
    </message>
    <message>
        <source>This one is trained already.</source>
        <translation>训练和导出的就是这个网络。</translation>
    </message>
</context>
<context>
    <name>NodePage</name>
    <message>
        <source>Name in the code</source>
        <translation>代码中的名称</translation>
    </message>
    <message>
        <source>Input shapes</source>
        <translation>输入形状</translation>
    </message>
    <message>
        <source>Output shapes</source>
        <translation>输出形状</translation>
    </message>
    <message>
        <source>The network needs</source>
        <translation>网络要求</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>PyTorch documentation</source>
        <translation>PyTorch 文档</translation>
    </message>
    <message>
        <source>Rename to {0}</source>
        <translation>重命名为 {0}</translation>
    </message>
</context>
<context>
    <name>NormSection</name>
    <message>
        <source>Norm of the weight</source>
        <translation>权重归一化</translation>
    </message>
</context>
<context>
    <name>NoticedStrip</name>
    <message>
        <source>What Layerweft noticed</source>
        <translation>Layerweft 注意到的</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>{0} · step {1}</source>
        <translation>{0} · 第 {1} 步</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>NumbersField</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>NumbersView</name>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>dtype</source>
        <translation>dtype</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>零的比例</translation>
    </message>
    <message>
        <source>{0} not finite</source>
        <translation>{0} 个非有限值</translation>
    </message>
</context>
<context>
    <name>ObjectivesEditor</name>
    <message>
        <source>{0}, not trained</source>
        <translation>{0}，不训练</translation>
    </message>
    <message>
        <source>Change what is trained for</source>
        <translation>更改训练目标</translation>
    </message>
    <message>
        <source>It follows from the Output, which the network lacks so far.</source>
        <translation>取决于输出（Output），而网络还没有输出。</translation>
    </message>
    <message>
        <source>It follows from the data, which are being read.</source>
        <translation>取决于数据，正在读取数据。</translation>
    </message>
    <message>
        <source>It follows from the data: they are to be chosen first.</source>
        <translation>取决于数据：请先选择数据。</translation>
    </message>
</context>
<context>
    <name>OptionsEditor</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>It is among them already.</source>
        <translation>已经在列表中了。</translation>
    </message>
    <message>
        <source>“{0}” was chosen instead.</source>
        <translation>已选择“{0}”，二者不可兼用。</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Leave out {0}</source>
        <translation>去掉{0}</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>小地图</translation>
    </message>
    <message>
        <source>Flow left to right</source>
        <translation>从左到右排布</translation>
    </message>
    <message>
        <source>Flow top to bottom</source>
        <translation>从上到下排布</translation>
    </message>
    <message>
        <source>Arranging: {0} %</source>
        <translation>正在排列：{0}%</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Colour by …</source>
        <translation>按……着色</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>Open the block from where it is used.</source>
        <translation>请从使用处打开该模块。</translation>
    </message>
    <message>
        <source>Waiting for the next step that is looked at…</source>
        <translation>正在等待下一个被观察的训练步……</translation>
    </message>
    <message>
        <source>Only known during a training: start one to see it.</source>
        <translation>只有训练时才有：开始训练即可看到。</translation>
    </message>
    <message>
        <source>The network has been edited since this training began.</source>
        <translation>训练开始之后网络已被修改。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载……</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>Looking at some samples…</source>
        <translation>正在查看若干样本……</translation>
    </message>
    <message>
        <source>{0}, {1} samples</source>
        <translation>{0}，{1} 个样本</translation>
    </message>
    <message>
        <source>No layer here has it.</source>
        <translation>这里没有适用的层。</translation>
    </message>
    <message>
        <source>best weights of {0}</source>
        <translation>{0} 的最佳权重</translation>
    </message>
    <message>
        <source>last weights of {0}</source>
        <translation>{0} 的最后权重</translation>
    </message>
    <message>
        <source>Colour by family</source>
        <translation>按类别着色</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Update / weight</source>
        <translation>更新 / 权重</translation>
    </message>
    <message>
        <source>Mean of outputs</source>
        <translation>输出均值</translation>
    </message>
    <message>
        <source>Deviation of outputs</source>
        <translation>输出标准差</translation>
    </message>
    <message>
        <source>Share of zeros</source>
        <translation>零的比例</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和程度</translation>
    </message>
    <message>
        <source>Time, forward</source>
        <translation>前向耗时</translation>
    </message>
    <message>
        <source>Memory of outputs</source>
        <translation>输出内存</translation>
    </message>
    <message>
        <source>Dead units</source>
        <translation>失活单元</translation>
    </message>
    <message>
        <source>There are no samples to compute: {0}</source>
        <translation>没有可供计算的样本：{0}</translation>
    </message>
    <message>
        <source>initial weights</source>
        <translation>初始权重</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Blocks in this project</source>
        <translation>此项目的模块</translation>
    </message>
    <message>
        <source>Custom layers</source>
        <translation>自定义层</translation>
    </message>
    <message>
        <source>My library</source>
        <translation>我的模块库</translation>
    </message>
    <message>
        <source>Ready-made blocks</source>
        <translation>现成的模块</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Update over weight</source>
        <translation>更新与权重之比</translation>
    </message>
    <message>
        <source>Output mean</source>
        <translation>输出均值</translation>
    </message>
    <message>
        <source>Output deviation</source>
        <translation>输出标准差</translation>
    </message>
    <message>
        <source>Zeros in outputs</source>
        <translation>输出中的零</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation>每秒样本数</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>逐层</translation>
    </message>
    <message>
        <source>Histograms</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>单步耗时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存占用</translation>
    </message>
    <message>
        <source>Processor load</source>
        <translation>处理器负载</translation>
    </message>
    <message>
        <source>The loss of each step, and of each epoch for training and validation.</source>
        <translation>每一步的损失，以及每个 epoch 的训练和验证损失。</translation>
    </message>
    <message>
        <source>Accuracy and other figures after each epoch; which of them is chosen.</source>
        <translation>每个 epoch 之后的准确率和其他指标；可选择显示哪些。</translation>
    </message>
    <message>
        <source>The learning rate at each step, as the schedule sets it.</source>
        <translation>每一步的学习率，由调度器决定。</translation>
    </message>
    <message>
        <source>How many samples are trained on in a second.</source>
        <translation>每秒训练多少个样本。</translation>
    </message>
    <message>
        <source>The norm of all gradients together, before they are clipped too, and how often clipping acts.</source>
        <translation>所有梯度的总范数，包括裁剪前的，以及裁剪起作用的频率。</translation>
    </message>
    <message>
        <source>How far a step moves each weight over its norm: the median of all weights, and where four fifths of them lie. About 0.001 is usual.</source>
        <translation>每一步对各权重的更新量与其范数之比：所有权重的中位数，以及其中五分之四所在的范围。通常约为 0.001。</translation>
    </message>
    <message>
        <source>Gradients, updates or activations of each layer over the steps, as a map of colours.</source>
        <translation>各层的梯度、更新或激活随步数的变化，以热力图显示。</translation>
    </message>
    <message>
        <source>How the weights, gradients or outputs of a layer are spread, over the steps.</source>
        <translation>某一层的权重、梯度或输出的分布随步数的变化。</translation>
    </message>
    <message>
        <source>How long data, forward pass, backward pass and optimizer take in a step that is looked at.</source>
        <translation>被观察的一步中，数据、前向、反向和优化器各用多长时间。</translation>
    </message>
    <message>
        <source>The main memory that Layerweft and the processes it started take, and that of the device.</source>
        <translation>Layerweft 及其启动的进程占用的内存，以及设备内存。</translation>
    </message>
    <message>
        <source>How busy they keep the processors of this computer, measured once a second.</source>
        <translation>它们使这台电脑的处理器有多忙，每秒测量一次。</translation>
    </message>
    <message>
        <source>It is seen only while a run trains, and not kept with it.</source>
        <translation>只在训练过程中可见，不随运行保存。</translation>
    </message>
    <message>
        <source>Only what a run takes of this computer can be measured.</source>
        <translation>只能测量运行在这台电脑上的占用。</translation>
    </message>
    <message>
        <source>With torch.compile nobody can look between its parts.</source>
        <translation>使用 torch.compile 时无法观察其内部各部分。</translation>
    </message>
    <message>
        <source>Measured once a second while it trains.</source>
        <translation>训练时每秒测量一次。</translation>
    </message>
    <message>
        <source>Looked at now and then while it trains.</source>
        <translation>训练时不时观察一次。</translation>
    </message>
    <message>
        <source>Drawn here while it trains.</source>
        <translation>训练时在此绘制。</translation>
    </message>
</context>
<context>
    <name>ParallelView</name>
    <message>
        <source>Point at a line to see which run it is; click to choose it</source>
        <translation>指向一条线可看是哪次运行；单击选中</translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>The sizes, batch first; a capital letter such as N stands for any size.</source>
        <translation>各维大小，批次在前；大写字母（如 N）表示任意大小。</translation>
    </message>
    <message>
        <source>float32 for measurements and pixels, int64 for indices.</source>
        <translation>测量值和像素用 float32，索引用 int64。</translation>
    </message>
    <message>
        <source>Size of the last dimension that comes in.</source>
        <translation>输入的最后一个维度的大小。</translation>
    </message>
    <message>
        <source>Size of the last dimension that goes out.</source>
        <translation>输出的最后一个维度的大小。</translation>
    </message>
    <message>
        <source>Whether a learned bias is added.</source>
        <translation>是否加上可学习的偏置。</translation>
    </message>
    <message>
        <source>Size of the last dimension of the first input.</source>
        <translation>第一个输入的最后一个维度的大小。</translation>
    </message>
    <message>
        <source>Size of the last dimension of the second input.</source>
        <translation>第二个输入的最后一个维度的大小。</translation>
    </message>
    <message>
        <source>Channels that come in.</source>
        <translation>输入的通道数。</translation>
    </message>
    <message>
        <source>Channels that go out: the number of learned filters.</source>
        <translation>输出的通道数，即可学习滤波器的个数。</translation>
    </message>
    <message>
        <source>Size of the sliding window.</source>
        <translation>滑动窗口的大小。</translation>
    </message>
    <message>
        <source>Step of the window.</source>
        <translation>窗口移动的步长。</translation>
    </message>
    <message>
        <source>Added on both sides of the input.</source>
        <translation>在输入两侧填充的数量。</translation>
    </message>
    <message>
        <source>Distance between the elements of the window.</source>
        <translation>窗口内元素之间的距离。</translation>
    </message>
    <message>
        <source>Groups of channels that do not see each other.</source>
        <translation>互不相通的通道组数。</translation>
    </message>
    <message>
        <source>What the padding is filled with.</source>
        <translation>用什么来填充。</translation>
    </message>
    <message>
        <source>Added to one side of the output.</source>
        <translation>在输出一侧增加的数量。</translation>
    </message>
    <message>
        <source>Size of the window.</source>
        <translation>窗口的大小。</translation>
    </message>
    <message>
        <source>Step of the window; by default its size.</source>
        <translation>窗口移动的步长；默认等于窗口大小。</translation>
    </message>
    <message>
        <source>Whether a window that hangs over the end counts.</source>
        <translation>超出末端的窗口是否计入。</translation>
    </message>
    <message>
        <source>Whether padding counts in the average.</source>
        <translation>求平均时是否计入填充。</translation>
    </message>
    <message>
        <source>Divide by this instead of the window&apos;s size.</source>
        <translation>除以这个数，而不是窗口大小。</translation>
    </message>
    <message>
        <source>Size that goes out, whatever came in.</source>
        <translation>输出的大小，与输入无关。</translation>
    </message>
    <message>
        <source>Added to the variance, so that nothing divides by zero.</source>
        <translation>加在方差上，避免除以零。</translation>
    </message>
    <message>
        <source>Whether a scale and a shift are learned for each channel.</source>
        <translation>是否为每个通道学习缩放和平移。</translation>
    </message>
    <message>
        <source>Whether running statistics are kept for evaluation.</source>
        <translation>是否保留用于评估的滑动统计量。</translation>
    </message>
    <message>
        <source>How many of the last dimensions are normalised together.</source>
        <translation>最后多少个维度一起归一化。</translation>
    </message>
    <message>
        <source>The sizes of these dimensions, which follow from the input.</source>
        <translation>这些维度的大小，由输入决定。</translation>
    </message>
    <message>
        <source>Whether a scale is learned for each element.</source>
        <translation>是否为每个元素学习缩放。</translation>
    </message>
    <message>
        <source>Whether a shift is learned as well.</source>
        <translation>是否同时学习平移。</translation>
    </message>
    <message>
        <source>Added within the root; by default the dtype&apos;s own.</source>
        <translation>加在根号内；默认为 dtype 自身的值。</translation>
    </message>
    <message>
        <source>Groups that the channels are parted into.</source>
        <translation>通道分成的组数。</translation>
    </message>
    <message>
        <source>Whether it overwrites its input to save memory.</source>
        <translation>是否覆盖输入以节省内存。</translation>
    </message>
    <message>
        <source>The slope of the negative side.</source>
        <translation>负半轴的斜率。</translation>
    </message>
    <message>
        <source>Learned slopes: 1, or one for each channel.</source>
        <translation>可学习的斜率：1 个，或每个通道一个。</translation>
    </message>
    <message>
        <source>The slope to begin with.</source>
        <translation>初始斜率。</translation>
    </message>
    <message>
        <source>How the error function is computed.</source>
        <translation>误差函数的计算方式。</translation>
    </message>
    <message>
        <source>Where the negative side levels out.</source>
        <translation>负半轴趋于平坦的位置。</translation>
    </message>
    <message>
        <source>The lower bound.</source>
        <translation>下界。</translation>
    </message>
    <message>
        <source>The upper bound.</source>
        <translation>上界。</translation>
    </message>
    <message>
        <source>How sharp the bend is.</source>
        <translation>弯曲的锐利程度。</translation>
    </message>
    <message>
        <source>Above this it is computed as the input itself.</source>
        <translation>超过此值时直接输出输入本身。</translation>
    </message>
    <message>
        <source>The dimension whose elements sum to 1.</source>
        <translation>元素之和为 1 的维度。</translation>
    </message>
    <message>
        <source>The dimension whose exponentials sum to 1.</source>
        <translation>元素的指数之和为 1 的维度。</translation>
    </message>
    <message>
        <source>The dimension that is halved.</source>
        <translation>被分成两半的维度。</translation>
    </message>
    <message>
        <source>The share that is dropped.</source>
        <translation>被丢弃的比例。</translation>
    </message>
    <message>
        <source>Features of each step that come in.</source>
        <translation>每一步输入的特征数。</translation>
    </message>
    <message>
        <source>Features of the state.</source>
        <translation>状态的特征数。</translation>
    </message>
    <message>
        <source>Layers on top of each other.</source>
        <translation>叠加的层数。</translation>
    </message>
    <message>
        <source>The function of each step.</source>
        <translation>每一步使用的函数。</translation>
    </message>
    <message>
        <source>Whether learned biases are added.</source>
        <translation>是否加上可学习的偏置。</translation>
    </message>
    <message>
        <source>Whether the batch is the first dimension, else the second.</source>
        <translation>批次是否为第一个维度；否则为第二个。</translation>
    </message>
    <message>
        <source>Dropout between layers.</source>
        <translation>层与层之间的 dropout。</translation>
    </message>
    <message>
        <source>Whether it also reads from the end.</source>
        <translation>是否也从末尾反向读取。</translation>
    </message>
    <message>
        <source>Size that the state is projected to; 0 for none.</source>
        <translation>状态投影到的大小；0 表示不投影。</translation>
    </message>
    <message>
        <source>Features of the query.</source>
        <translation>查询的特征数。</translation>
    </message>
    <message>
        <source>Heads, which share the features out.</source>
        <translation>注意力头数，特征由各头平分。</translation>
    </message>
    <message>
        <source>Dropout of the attention weights.</source>
        <translation>注意力权重的 dropout。</translation>
    </message>
    <message>
        <source>Whether a learned step is added to key and value.</source>
        <translation>是否在键和值后附加一个可学习的步。</translation>
    </message>
    <message>
        <source>Features of the key.</source>
        <translation>键的特征数。</translation>
    </message>
    <message>
        <source>Features of the value.</source>
        <translation>值的特征数。</translation>
    </message>
    <message>
        <source>Whether the batch is the first dimension.</source>
        <translation>批次是否为第一个维度。</translation>
    </message>
    <message>
        <source>Whether the attention weights are an output too.</source>
        <translation>是否也输出注意力权重。</translation>
    </message>
    <message>
        <source>Features of each step.</source>
        <translation>每一步的特征数。</translation>
    </message>
    <message>
        <source>Attention heads.</source>
        <translation>注意力头数。</translation>
    </message>
    <message>
        <source>Width of the inner network.</source>
        <translation>内部网络的宽度。</translation>
    </message>
    <message>
        <source>Dropout.</source>
        <translation>Dropout 的比例。</translation>
    </message>
    <message>
        <source>Activation of the inner network.</source>
        <translation>内部网络的激活函数。</translation>
    </message>
    <message>
        <source>Added to the variance in the norms.</source>
        <translation>归一化时加在方差上的数。</translation>
    </message>
    <message>
        <source>Whether norms come before, not after.</source>
        <translation>归一化是否放在前面而不是后面。</translation>
    </message>
    <message>
        <source>Size of the vocabulary.</source>
        <translation>词表大小。</translation>
    </message>
    <message>
        <source>Size of each vector.</source>
        <translation>每个向量的大小。</translation>
    </message>
    <message>
        <source>The index that stands for nothing.</source>
        <translation>表示“空”的索引。</translation>
    </message>
    <message>
        <source>Vectors longer than this are shortened.</source>
        <translation>长于此值的向量会被缩短。</translation>
    </message>
    <message>
        <source>Whether rare words learn faster.</source>
        <translation>罕见的词是否学得更快。</translation>
    </message>
    <message>
        <source>Whether the gradient is a sparse tensor.</source>
        <translation>梯度是否为稀疏张量。</translation>
    </message>
    <message>
        <source>The first dimension to merge.</source>
        <translation>要合并的第一个维度。</translation>
    </message>
    <message>
        <source>The last dimension to merge.</source>
        <translation>要合并的最后一个维度。</translation>
    </message>
    <message>
        <source>The dimension to part.</source>
        <translation>要拆分的维度。</translation>
    </message>
    <message>
        <source>The dimensions in their new order.</source>
        <translation>维度的新顺序。</translation>
    </message>
    <message>
        <source>The one.</source>
        <translation>其中一个。</translation>
    </message>
    <message>
        <source>The other.</source>
        <translation>另一个。</translation>
    </message>
    <message>
        <source>The dimension to remove.</source>
        <translation>要移除的维度。</translation>
    </message>
    <message>
        <source>Where the new dimension goes.</source>
        <translation>新维度的位置。</translation>
    </message>
    <message>
        <source>The dimension, which goes.</source>
        <translation>所取的维度，取后消失。</translation>
    </message>
    <message>
        <source>The dimension.</source>
        <translation>维度。</translation>
    </message>
    <message>
        <source>Take every so many.</source>
        <translation>每隔多少个取一个。</translation>
    </message>
    <message>
        <source>The dtype of the result.</source>
        <translation>结果的 dtype。</translation>
    </message>
    <message>
        <source>By how much.</source>
        <translation>放大的倍数。</translation>
    </message>
    <message>
        <source>What the symbolic sizes are multiples of, so that none is rounded.</source>
        <translation>符号尺寸是哪些数的倍数，这样就不必取整。</translation>
    </message>
    <message>
        <source>Whether an output says where each value came from, for unpooling.</source>
        <translation>是否输出每个值的来源位置，供反池化使用。</translation>
    </message>
    <message>
        <source>The power p: 1 adds up, large is like max.</source>
        <translation>幂次 p：1 为求和，越大越接近最大值。</translation>
    </message>
    <message>
        <source>Size that goes out.</source>
        <translation>输出的大小。</translation>
    </message>
    <message>
        <source>Share of the size that goes out, where output_size is empty.</source>
        <translation>当 output_size 为空时，输出大小所占的比例。</translation>
    </message>
    <message>
        <source>The padding of the pooling.</source>
        <translation>池化的填充。</translation>
    </message>
    <message>
        <source>Size before the pooling, where it was rounded.</source>
        <translation>池化前的大小，用于曾经取整的情形。</translation>
    </message>
    <message>
        <source>One number for all sides, or one each: left, right.</source>
        <translation>各侧用一个数，或分别为：左、右。</translation>
    </message>
    <message>
        <source>One number for all sides, or one each: left, right, top, bottom.</source>
        <translation>各侧用一个数，或分别为：左、右、上、下。</translation>
    </message>
    <message>
        <source>One number for all sides, or one each: left to back.</source>
        <translation>各侧用一个数，或从左到后分别给出。</translation>
    </message>
    <message>
        <source>What is added.</source>
        <translation>补上的数。</translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running statistics; empty for the mean of all batches.</source>
        <translation>最新批次在滑动统计量中的权重；留空则取所有批次的平均。</translation>
    </message>
    <message>
        <source>How many neighbouring channels count.</source>
        <translation>计入多少个相邻通道。</translation>
    </message>
    <message>
        <source>The factor of their squares.</source>
        <translation>平方和的系数。</translation>
    </message>
    <message>
        <source>The exponent.</source>
        <translation>指数。</translation>
    </message>
    <message>
        <source>Added before the exponent.</source>
        <translation>取指数之前加上的数。</translation>
    </message>
    <message>
        <source>The smallest slope.</source>
        <translation>最小斜率。</translation>
    </message>
    <message>
        <source>The largest slope.</source>
        <translation>最大斜率。</translation>
    </message>
    <message>
        <source>What an element must be above.</source>
        <translation>元素必须高于的值。</translation>
    </message>
    <message>
        <source>What is put in place of the rest.</source>
        <translation>代替其余元素的数。</translation>
    </message>
    <message>
        <source>How close to zero.</source>
        <translation>离零多近。</translation>
    </message>
    <message>
        <source>Features that come in.</source>
        <translation>输入的特征数。</translation>
    </message>
    <message>
        <source>The function of the step.</source>
        <translation>这一步使用的函数。</translation>
    </message>
    <message>
        <source>Whether a step of zeros is added to key and value.</source>
        <translation>是否在键和值后附加一个全零的步。</translation>
    </message>
    <message>
        <source>Whether a norm follows the last layer.</source>
        <translation>最后一层之后是否接归一化。</translation>
    </message>
    <message>
        <source>Whether padding is skipped in evaluation; it becomes zero.</source>
        <translation>评估时是否跳过填充部分；它会变成零。</translation>
    </message>
    <message>
        <source>Layers of the encoder.</source>
        <translation>编码器的层数。</translation>
    </message>
    <message>
        <source>Layers of the decoder.</source>
        <translation>解码器的层数。</translation>
    </message>
    <message>
        <source>Which p-norm max_norm bounds.</source>
        <translation>max_norm 所限制的 p 范数。</translation>
    </message>
    <message>
        <source>What is made of a bag&apos;s vectors.</source>
        <translation>如何合并一个袋中的向量。</translation>
    </message>
    <message>
        <source>Whether offsets end with the number of indices.</source>
        <translation>offsets 是否以索引总数结尾。</translation>
    </message>
    <message>
        <source>How new elements come about.</source>
        <translation>新元素如何产生。</translation>
    </message>
    <message>
        <source>Whether the corners stay where they were.</source>
        <translation>角点是否保持原位。</translation>
    </message>
    <message>
        <source>By how much height and width grow.</source>
        <translation>高和宽放大的倍数。</translation>
    </message>
    <message>
        <source>By how much height and width shrink.</source>
        <translation>高和宽缩小的倍数。</translation>
    </message>
    <message>
        <source>Added on both sides of the images.</source>
        <translation>在图像两侧填充的数量。</translation>
    </message>
    <message>
        <source>Height and width of the images.</source>
        <translation>图像的高和宽。</translation>
    </message>
    <message>
        <source>The dimensions that grow to those of the other.</source>
        <translation>扩展到另一个张量大小的维度。</translation>
    </message>
    <message>
        <source>How many times along each dimension.</source>
        <translation>沿每个维度多少次。</translation>
    </message>
    <message>
        <source>How many of each.</source>
        <translation>每个多少份。</translation>
    </message>
    <message>
        <source>By how much, one for each dimension.</source>
        <translation>移动多少，每个维度一个。</translation>
    </message>
    <message>
        <source>The dimensions.</source>
        <translation>维度。</translation>
    </message>
    <message>
        <source>The dimensions to turn around.</source>
        <translation>要颠倒的维度。</translation>
    </message>
    <message>
        <source>Where it was.</source>
        <translation>原来的位置。</translation>
    </message>
    <message>
        <source>Where it goes.</source>
        <translation>新的位置。</translation>
    </message>
    <message>
        <source>The sizes of the pieces.</source>
        <translation>各段的大小。</translation>
    </message>
    <message>
        <source>How many pieces.</source>
        <translation>多少段。</translation>
    </message>
    <message>
        <source>How many there are.</source>
        <translation>有多少个。</translation>
    </message>
    <message>
        <source>How long a window is.</source>
        <translation>窗口的长度。</translation>
    </message>
    <message>
        <source>How far apart they begin.</source>
        <translation>相邻窗口起点的间距。</translation>
    </message>
    <message>
        <source>Before and after, the last dimension first.</source>
        <translation>之前和之后的数量，最后一个维度在先。</translation>
    </message>
    <message>
        <source>What the new elements are.</source>
        <translation>新元素是什么。</translation>
    </message>
    <message>
        <source>What constant means; empty for 0.</source>
        <translation>constant 的值；留空为 0。</translation>
    </message>
    <message>
        <source>The sizes, without batch and channels.</source>
        <translation>各维大小，不含批次和通道。</translation>
    </message>
    <message>
        <source>Which norm: 1, 2, or inf.</source>
        <translation>哪种范数：1、2 或 inf。</translation>
    </message>
    <message>
        <source>The dimension along which the length is taken.</source>
        <translation>求长度所沿的维度。</translation>
    </message>
    <message>
        <source>The least length that is divided by.</source>
        <translation>作为除数的最小长度。</translation>
    </message>
    <message>
        <source>The dimension that the indices count along.</source>
        <translation>索引所计数的维度。</translation>
    </message>
    <message>
        <source>How many classes there are.</source>
        <translation>有多少个类别。</translation>
    </message>
    <message>
        <source>How many tensors are combined.</source>
        <translation>参与组合的张量个数。</translation>
    </message>
    <message>
        <source>The dimension that grows.</source>
        <translation>变长的维度。</translation>
    </message>
    <message>
        <source>The number that is added.</source>
        <translation>所加的数。</translation>
    </message>
    <message>
        <source>The number to subtract from.</source>
        <translation>被减数。</translation>
    </message>
    <message>
        <source>The factor.</source>
        <translation>因子。</translation>
    </message>
    <message>
        <source>The divisor.</source>
        <translation>除数。</translation>
    </message>
    <message>
        <source>The divisor, without a second tensor.</source>
        <translation>没有第二个张量时的除数。</translation>
    </message>
    <message>
        <source>The power, without a second tensor.</source>
        <translation>没有第二个张量时的指数。</translation>
    </message>
    <message>
        <source>The lower bound; empty for none.</source>
        <translation>下界；留空表示没有。</translation>
    </message>
    <message>
        <source>The upper bound; empty for none.</source>
        <translation>上界；留空表示没有。</translation>
    </message>
    <message>
        <source>What stands for not-a-number.</source>
        <translation>代替非数的值。</translation>
    </message>
    <message>
        <source>What stands for infinity; empty for the largest.</source>
        <translation>代替无穷大的值；留空为最大值。</translation>
    </message>
    <message>
        <source>What stands for −infinity; empty for the least.</source>
        <translation>代替 −无穷大的值；留空为最小值。</translation>
    </message>
    <message>
        <source>How much of the way.</source>
        <translation>走多少路程。</translation>
    </message>
    <message>
        <source>One letter for each dimension, a comma between inputs.</source>
        <translation>每个维度一个字母，输入之间用逗号。</translation>
    </message>
    <message>
        <source>Whether no query sees later keys.</source>
        <translation>查询是否看不到后面的键。</translation>
    </message>
    <message>
        <source>The factor of the scores; empty for 1/√E.</source>
        <translation>得分的因子；留空为 1/√E。</translation>
    </message>
    <message>
        <source>Where it ends: 0 is the diagonal, 1 above.</source>
        <translation>终止的位置：0 为对角线，1 为其上一条。</translation>
    </message>
    <message>
        <source>Which one: 0 is the main diagonal, 1 above.</source>
        <translation>哪一条：0 为主对角线，1 为其上一条。</translation>
    </message>
    <message>
        <source>The rows.</source>
        <translation>行数。</translation>
    </message>
    <message>
        <source>The columns.</source>
        <translation>列数。</translation>
    </message>
    <message>
        <source>The number, without a second tensor.</source>
        <translation>没有第二个张量时的数。</translation>
    </message>
    <message>
        <source>The tolerance, as part of the second.</source>
        <translation>相对于第二个的容差比例。</translation>
    </message>
    <message>
        <source>The tolerance.</source>
        <translation>容差。</translation>
    </message>
    <message>
        <source>The number that is put there.</source>
        <translation>放入的数。</translation>
    </message>
    <message>
        <source>The dimensions to reduce, such as 2, 3 for height and width.</source>
        <translation>要归约的维度，例如 2, 3 表示高和宽。</translation>
    </message>
    <message>
        <source>Whether reduced dimensions stay, with size 1.</source>
        <translation>被归约的维度是否以大小 1 保留。</translation>
    </message>
    <message>
        <source>The dimension to search.</source>
        <translation>要查找的维度。</translation>
    </message>
    <message>
        <source>The dimension to multiply along.</source>
        <translation>求积所沿的维度。</translation>
    </message>
    <message>
        <source>1 divides by one less than the elements, 0 by all of them.</source>
        <translation>1 表示除以元素数减一，0 表示除以元素数。</translation>
    </message>
    <message>
        <source>The dimension of the vectors.</source>
        <translation>向量所在的维度。</translation>
    </message>
    <message>
        <source>Keeps division by zero away.</source>
        <translation>避免除以零。</translation>
    </message>
    <message>
        <source>The norm: 1 for city blocks, 2 for straight lines.</source>
        <translation>范数：1 为街区距离，2 为直线距离。</translation>
    </message>
    <message>
        <source>Added to the difference.</source>
        <translation>加在差值上。</translation>
    </message>
    <message>
        <source>Whether the reduced dimension stays, with size 1.</source>
        <translation>被归约的维度是否以大小 1 保留。</translation>
    </message>
    <message>
        <source>The distance to be kept.</source>
        <translation>应保持的距离。</translation>
    </message>
    <message>
        <source>What the loss of this output counts in the sum of all; with 0 it is not trained.</source>
        <translation>此输出的损失在总和中所占的权重；为 0 时不训练它。</translation>
    </message>
    <message>
        <source>What a text is cut into; byte pairs are parts of words that are learned.</source>
        <translation>文本被切成什么；字节对是学习得到的词的片段。</translation>
    </message>
    <message>
        <source>How many tokens are known at most; the most frequent of the training split.</source>
        <translation>最多认识多少个词元；取训练集中最常见的。</translation>
    </message>
    <message>
        <source>How many tokens a sample has; shorter texts are filled up, longer ones cut off.</source>
        <translation>每个样本有多少个词元；较短的文本会被补齐，较长的会被截去。</translation>
    </message>
    <message>
        <source>Take capital letters for small ones.</source>
        <translation>把大写字母当作小写字母。</translation>
    </message>
    <message>
        <source>How many steps of the past a sample has; two seasons where empty.</source>
        <translation>每个样本含有过去多少步；留空则为两个周期。</translation>
    </message>
    <message>
        <source>How many steps ahead are forecast.</source>
        <translation>向前预测多少步。</translation>
    </message>
    <message>
        <source>Share of the time that validates, after what trains.</source>
        <translation>用于验证的时间比例，位于训练部分之后。</translation>
    </message>
    <message>
        <source>Share of the time that tests, at the end.</source>
        <translation>用于测试的时间比例，位于末尾。</translation>
    </message>
    <message>
        <source>Leave a whole window free between the splits, so that they have no value in common.</source>
        <translation>在各部分之间空出一整个窗口，使它们没有共同的值。</translation>
    </message>
    <message>
        <source>How many places there are.</source>
        <translation>共有多少处。</translation>
    </message>
    <message>
        <source>Take columns that tell a moment together for one, such as one of days and one of times.</source>
        <translation>把共同表示一个时刻的几列（如日期列和时间列）当作一列。</translation>
    </message>
    <message>
        <source>The file: .npz, .npy, .safetensors, .h5, or .mat from version 7.3 on; or a folder of .npy.</source>
        <translation>文件：.npz、.npy、.safetensors、.h5，或 7.3 版起的 .mat；也可以是装有 .npy 的文件夹。</translation>
    </message>
    <message>
        <source>The column of texts; the longest one where empty.</source>
        <translation>文本所在的列；留空则取最长的一列。</translation>
    </message>
    <message>
        <source>How letters are written as bytes.</source>
        <translation>字符以何种编码写成字节。</translation>
    </message>
    <message>
        <source>A .py file with a function samples() that yields (features, target).</source>
        <translation>含有函数 samples() 的 .py 文件，该函数产生 (features, target)。</translation>
    </message>
    <message>
        <source>How many samples are taken at most.</source>
        <translation>最多取多少个样本。</translation>
    </message>
    <message>
        <source>How many seconds the text may take.</source>
        <translation>该文本最多可用多少秒。</translation>
    </message>
    <message>
        <source>The folder that holds the folders of .wav files.</source>
        <translation>包含各 .wav 文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Pictures of bands over time, as the ear has them, or the waves themselves.</source>
        <translation>如人耳所感的随时间变化的频带图，或波形本身。</translation>
    </message>
    <message>
        <source>How many bands a spectrogram has.</source>
        <translation>频谱图有多少个频带。</translation>
    </message>
    <message>
        <source>How long a sample is; longer sounds are cut off, shorter ones end in silence.</source>
        <translation>样本多长；较长的声音被截短，较短的以静音结尾。</translation>
    </message>
    <message>
        <source>How many numbers a second has; the usual one of the files where empty.</source>
        <translation>每秒有多少个数值；留空则取文件中最常见的。</translation>
    </message>
    <message>
        <source>The table, one row for each moment.</source>
        <translation>表格，每个时刻一行。</translation>
    </message>
    <message>
        <source>The column of times; found by what it holds where empty.</source>
        <translation>时间列；留空则根据内容找出。</translation>
    </message>
    <message>
        <source>What is looked at, with commas; all columns of numbers if empty.</source>
        <translation>要查看的列，用逗号分隔；留空则为所有数字列。</translation>
    </message>
    <message>
        <source>What is forecast, with commas; the last column where empty.</source>
        <translation>要预测的列，用逗号分隔；留空则为最后一列。</translation>
    </message>
    <message>
        <source>What becomes of missing values: the last one before, or no window over them.</source>
        <translation>如何处理缺失值：取前面最后一个值，或不让窗口跨过它们。</translation>
    </message>
    <message>
        <source>How much better an epoch has to be than the last that was progress, to be it too. The best weights are those of the best epoch all the same.</source>
        <translation>一轮要比上一次有进展的那轮好多少，才也算有进展。最佳权重仍取最好的那一轮。</translation>
    </message>
    <message>
        <source>How many start on this machine; 0 stands for one for each GPU, or two.</source>
        <translation>在本机启动多少个进程；0 表示每个 GPU 一个，没有 GPU 时为两个。</translation>
    </message>
    <message>
        <source>With DDP each process has the whole model; with FSDP2 a part of each block, which takes less memory and more time: for models that are too large.</source>
        <translation>使用 DDP 时每个进程都有整个模型；使用 FSDP2 时每个进程只有每个块的一部分，占用内存更少但更慢：适用于过大的模型。</translation>
    </message>
    <message>
        <source>Keep the split that the data have of their own.</source>
        <translation>保留数据自带的划分。</translation>
    </message>
    <message>
        <source>The array whose values are spread; none stands for the target.</source>
        <translation>按哪个数组的值均匀分布；留空表示目标。</translation>
    </message>
    <message>
        <source>How many parts of equal size numbers are put into, from small to large.</source>
        <translation>把数值从小到大分成多少个大小相同的部分。</translation>
    </message>
    <message>
        <source>How many folds there are.</source>
        <translation>一共有几折。</translation>
    </message>
    <message>
        <source>Which of them validates, from 1.</source>
        <translation>用第几折作验证，从 1 开始。</translation>
    </message>
    <message>
        <source>Each class spread evenly, chance alone, groups never parted, or neighbours together.</source>
        <translation>各类别均匀分布、完全随机、同组不拆开，或相邻的在一起。</translation>
    </message>
    <message>
        <source>How many samples validate.</source>
        <translation>用多少个样本作验证。</translation>
    </message>
    <message>
        <source>How many samples test.</source>
        <translation>用多少个样本作测试。</translation>
    </message>
    <message>
        <source>Share of the samples that are mirrored.</source>
        <translation>被翻转的样本所占的比例。</translation>
    </message>
    <message>
        <source>How many pixels wide the border is.</source>
        <translation>边框有多少像素宽。</translation>
    </message>
    <message>
        <source>What the border is: zeros, the nearest pixel, or the picture&apos;s mirror image.</source>
        <translation>边框是什么：零、最近的像素，或图片的镜像。</translation>
    </message>
    <message>
        <source>The most that they turn, either way.</source>
        <translation>最多转多少，左右皆可。</translation>
    </message>
    <message>
        <source>What comes from outside of a picture: zeros, the nearest pixel, or its mirror image.</source>
        <translation>图片之外是什么：零、最近的像素，或其镜像。</translation>
    </message>
    <message>
        <source>The most that they move, as a share of their size.</source>
        <translation>最多移动多少，按尺寸的比例。</translation>
    </message>
    <message>
        <source>The most that they grow or shrink, as a share of their size.</source>
        <translation>最多放大或缩小多少，按尺寸的比例。</translation>
    </message>
    <message>
        <source>The most that they slant: 1 is half a right angle.</source>
        <translation>最多倾斜多少：1 表示 45 度。</translation>
    </message>
    <message>
        <source>The most that is added to every pixel, in the units that enter the network: where data are scaled, 1 is their deviation.</source>
        <translation>给每个像素最多加多少，以进入网络时的单位计：数据缩放后，1 就是其标准差。</translation>
    </message>
    <message>
        <source>The most that contrasts grow or shrink, as a share.</source>
        <translation>对比度最多增减多少，按比例。</translation>
    </message>
    <message>
        <source>The most that they grow stronger or paler, as a share.</source>
        <translation>颜色最多变浓或变淡多少，按比例。</translation>
    </message>
    <message>
        <source>The most that they turn, as a share of the colour circle.</source>
        <translation>色相最多转多少，按色环的比例。</translation>
    </message>
    <message>
        <source>The deviation of the strongest blur, in pixels.</source>
        <translation>最强模糊的标准差，以像素计。</translation>
    </message>
    <message>
        <source>How strong it is, in the units that enter the network: where data are scaled, 1 is their deviation.</source>
        <translation>噪声有多强，以进入网络时的单位计：数据缩放后，1 就是其标准差。</translation>
    </message>
    <message>
        <source>Share of the samples that lose a rectangle.</source>
        <translation>被擦去一个矩形的样本所占的比例。</translation>
    </message>
    <message>
        <source>The smallest rectangle, as a share of the picture.</source>
        <translation>最小的矩形，按图片面积的比例。</translation>
    </message>
    <message>
        <source>The largest rectangle, as a share of the picture.</source>
        <translation>最大的矩形，按图片面积的比例。</translation>
    </message>
    <message>
        <source>How evenly two are mixed: with small numbers one outweighs the other nearly always.</source>
        <translation>两个样本混合得多均匀：数值小时几乎总是其中一个占绝大部分。</translation>
    </message>
    <message>
        <source>Share of the samples that are mixed.</source>
        <translation>被混合的样本所占的比例。</translation>
    </message>
    <message>
        <source>How many are done, one after the other.</source>
        <translation>依次做多少个。</translation>
    </message>
    <message>
        <source>How far each goes: 1 turns by 30 degrees and shifts by 30 %.</source>
        <translation>每个做到什么程度：1 表示旋转 30 度、平移 30 %。</translation>
    </message>
    <message>
        <source>Share of the numbers that become 0.</source>
        <translation>变为 0 的数值所占的比例。</translation>
    </message>
    <message>
        <source>How far from 1 it lies.</source>
        <translation>离 1 有多远。</translation>
    </message>
    <message>
        <source>The most steps that they move, either way.</source>
        <translation>最多移动多少步，前后皆可。</translation>
    </message>
    <message>
        <source>How long the piece is, as a share of the whole.</source>
        <translation>截取的一段有多长，按全长的比例。</translation>
    </message>
    <message>
        <source>Share of the words that are replaced.</source>
        <translation>被替换的词所占的比例。</translation>
    </message>
    <message>
        <source>The index that takes their place.</source>
        <translation>用来替换的索引。</translation>
    </message>
    <message>
        <source>What becomes of the losses of a batch.</source>
        <translation>如何合并一个批次的损失。</translation>
    </message>
    <message>
        <source>The norm of the distance.</source>
        <translation>距离的范数。</translation>
    </message>
    <message>
        <source>Whether positive and anchor may swap places where that is harder.</source>
        <translation>在更难时，正样本与锚点是否可以互换。</translation>
    </message>
    <message>
        <source>Whether to add the constant term.</source>
        <translation>是否加上常数项。</translation>
    </message>
    <message>
        <source>The smallest variance.</source>
        <translation>最小方差。</translation>
    </message>
    <message>
        <source>The class that stands for nothing.</source>
        <translation>表示“空”的类别。</translation>
    </message>
    <message>
        <source>Whether infinite losses become zero.</source>
        <translation>无穷大的损失是否变为零。</translation>
    </message>
    <message>
        <source>Number of classes, the most frequent first.</source>
        <translation>类别数，最常见的在前。</translation>
    </message>
    <message>
        <source>Where the clusters of rarer classes begin.</source>
        <translation>较罕见类别的各簇从何处开始。</translation>
    </message>
    <message>
        <source>By how much each cluster is smaller than the last.</source>
        <translation>每个簇比前一个小多少倍。</translation>
    </message>
    <message>
        <source>Whether the frequent classes have a bias.</source>
        <translation>常见类别是否有偏置。</translation>
    </message>
    <message>
        <source>The dimension to go along.</source>
        <translation>所沿的维度。</translation>
    </message>
    <message>
        <source>Whether the largest comes first.</source>
        <translation>最大的是否在最前。</translation>
    </message>
    <message>
        <source>How many.</source>
        <translation>多少个。</translation>
    </message>
    <message>
        <source>Whether the largest are taken, else the smallest.</source>
        <translation>取最大的还是最小的。</translation>
    </message>
    <message>
        <source>Whether they come in order.</source>
        <translation>是否按顺序给出。</translation>
    </message>
    <message>
        <source>Which one, from 1 on.</source>
        <translation>第几个，从 1 起。</translation>
    </message>
    <message>
        <source>Whether the dimension stays, with size 1.</source>
        <translation>该维度是否以大小 1 保留。</translation>
    </message>
    <message>
        <source>Its sizes; 1 where it is the same for all.</source>
        <translation>各维大小；对所有都相同之处为 1。</translation>
    </message>
    <message>
        <source>What it begins with.</source>
        <translation>初始值。</translation>
    </message>
    <message>
        <source>The standard deviation of init = normal.</source>
        <translation>init = normal 时的标准差。</translation>
    </message>
    <message>
        <source>The number of init = constant.</source>
        <translation>init = constant 时的数。</translation>
    </message>
    <message>
        <source>The number.</source>
        <translation>这个数。</translation>
    </message>
    <message>
        <source>The dtype.</source>
        <translation>dtype。</translation>
    </message>
    <message>
        <source>The first number.</source>
        <translation>第一个数。</translation>
    </message>
    <message>
        <source>How far apart they are.</source>
        <translation>相邻两数的间隔。</translation>
    </message>
    <message>
        <source>The last number.</source>
        <translation>最后一个数。</translation>
    </message>
    <message>
        <source>How many rows and columns.</source>
        <translation>行数和列数。</translation>
    </message>
    <message>
        <source>The dimension that is counted.</source>
        <translation>计数所沿的维度。</translation>
    </message>
    <message>
        <source>The dimension that is the sequence.</source>
        <translation>序列所在的维。</translation>
    </message>
    <message>
        <source>How many channels come out.</source>
        <translation>输出的通道数。</translation>
    </message>
    <message>
        <source>Height and width of the window.</source>
        <translation>窗口的高和宽。</translation>
    </message>
    <message>
        <source>The step of the window: 2 halves height and width.</source>
        <translation>窗口的步幅：2 会使高和宽减半。</translation>
    </message>
    <message>
        <source>How many channels there are within.</source>
        <translation>内部的通道数。</translation>
    </message>
    <message>
        <source>A convolution on the way around, where sizes change.</source>
        <translation>尺寸改变时，旁路上的卷积。</translation>
    </message>
    <message>
        <source>How many channels there are within, before they are projected.</source>
        <translation>投影之前内部的通道数。</translation>
    </message>
    <message>
        <source>Widen first, by a convolution of 1×1.</source>
        <translation>先用 1×1 卷积加宽。</translation>
    </message>
    <message>
        <source>How many channels are added.</source>
        <translation>增加的通道数。</translation>
    </message>
    <message>
        <source>Channels of the 1×1 convolution.</source>
        <translation>1×1 卷积的通道数。</translation>
    </message>
    <message>
        <source>Channels before the 3×3 convolution.</source>
        <translation>3×3 卷积之前的通道数。</translation>
    </message>
    <message>
        <source>Channels of the 3×3 convolution.</source>
        <translation>3×3 卷积的通道数。</translation>
    </message>
    <message>
        <source>Channels before the larger window.</source>
        <translation>较大窗口之前的通道数。</translation>
    </message>
    <message>
        <source>Channels of the larger window.</source>
        <translation>较大窗口的通道数。</translation>
    </message>
    <message>
        <source>Channels of the branch with the pooling.</source>
        <translation>池化分支的通道数。</translation>
    </message>
    <message>
        <source>How many features each token has.</source>
        <translation>每个词元的特征数。</translation>
    </message>
    <message>
        <source>Height and width of a patch.</source>
        <translation>图块的高和宽。</translation>
    </message>
    <message>
        <source>How many heads share these features.</source>
        <translation>分享这些特征的头数。</translation>
    </message>
    <message>
        <source>The share that is dropped in training.</source>
        <translation>训练时丢弃的比例。</translation>
    </message>
    <message>
        <source>Let each token see only those before it.</source>
        <translation>让每个词元只看到它之前的词元。</translation>
    </message>
    <message>
        <source>How many features there are within the MLP.</source>
        <translation>MLP 内部的特征数。</translation>
    </message>
    <message>
        <source>How many blocks.</source>
        <translation>块的个数。</translation>
    </message>
    <message>
        <source>How many channels there are between.</source>
        <translation>中间的通道数。</translation>
    </message>
    <message>
        <source>How many channels each of the two windows gives.</source>
        <translation>两个窗口各自给出的通道数。</translation>
    </message>
    <message>
        <source>How many channels there are within the squeeze excite.</source>
        <translation>压缩激励内部的通道数。</translation>
    </message>
    <message>
        <source>How many times all training samples are seen.</source>
        <translation>全部训练样本被看几遍。</translation>
    </message>
    <message>
        <source>How many samples make one step.</source>
        <translation>每一步使用多少个样本。</translation>
    </message>
    <message>
        <source>Share of the samples that is kept aside to watch the training.</source>
        <translation>留出来用于观察训练的样本比例。</translation>
    </message>
    <message>
        <source>Share of the samples that is not touched until the run has ended.</source>
        <translation>在运行结束前不使用的样本比例。</translation>
    </message>
    <message>
        <source>The same seed repeats the same run.</source>
        <translation>相同的种子会重现相同的运行。</translation>
    </message>
    <message>
        <source>How often each training step improves the estimate of that value.</source>
        <translation>每个训练步改进该估计值的次数。</translation>
    </message>
    <message>
        <source>What norms are at least, against division by 0.</source>
        <translation>范数的下限，避免除以 0。</translation>
    </message>
    <message>
        <source>Shift and scale to mean 0 and deviation 1, as in the training split.</source>
        <translation>按训练集平移和缩放到均值 0、标准差 1。</translation>
    </message>
    <message>
        <source>Scale a numeric target too; results are given in its own units.</source>
        <translation>数值目标也进行缩放；结果以原单位给出。</translation>
    </message>
    <message>
        <source>Which of nine plays, or all of them.</source>
        <translation>九部戏剧中的哪一部，或全部。</translation>
    </message>
    <message>
        <source>How many samples are drawn.</source>
        <translation>抽取多少个样本。</translation>
    </message>
    <message>
        <source>Standard deviation of the noise.</source>
        <translation>噪声的标准差。</translation>
    </message>
    <message>
        <source>The same seed draws the same samples.</source>
        <translation>相同的种子会抽取相同的样本。</translation>
    </message>
    <message>
        <source>How many arms.</source>
        <translation>有几条臂。</translation>
    </message>
    <message>
        <source>How many time steps each sample has.</source>
        <translation>每个样本有多少个时间步。</translation>
    </message>
    <message>
        <source>Folder with train-images-idx3-ubyte and so on, packed or not.</source>
        <translation>包含 train-images-idx3-ubyte 等文件的文件夹，压缩与否均可。</translation>
    </message>
    <message>
        <source>Whether the target is a class or a number.</source>
        <translation>目标是类别还是数值。</translation>
    </message>
    <message>
        <source>What stands between the columns.</source>
        <translation>列与列之间的分隔符。</translation>
    </message>
    <message>
        <source>The array that enters; found by name where empty.</source>
        <translation>作为输入的数组；留空则按名称查找。</translation>
    </message>
    <message>
        <source>The array to predict; found by name where empty.</source>
        <translation>要预测的数组；留空则按名称查找。</translation>
    </message>
    <message>
        <source>The folder that holds the folders.</source>
        <translation>包含各类别文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Share of certainty that is spread over the other classes.</source>
        <translation>分摊给其他类别的确信度比例。</translation>
    </message>
    <message>
        <source>Its parts; one may be −1, and H is a size of an Input.</source>
        <translation>拆成的各部分；其中一个可为 −1，H 表示某个输入的尺寸。</translation>
    </message>
    <message>
        <source>The sizes; one may be −1, and N is a size of an Input.</source>
        <translation>各维尺寸；其中一个可为 −1，N 表示某个输入的尺寸。</translation>
    </message>
    <message>
        <source>The sizes; −1 where one stays, N for that of an Input.</source>
        <translation>各维尺寸；−1 表示保持不变，N 表示某个输入的尺寸。</translation>
    </message>
    <message>
        <source>Power of what the margin lacks.</source>
        <translation>不足间隔部分的幂次。</translation>
    </message>
    <message>
        <source>By how much the right score must lead.</source>
        <translation>正确得分必须领先多少。</translation>
    </message>
    <message>
        <source>The distance beyond which unlike things may be.</source>
        <translation>不相似的事物应超过的距离。</translation>
    </message>
    <message>
        <source>Error at which it changes over.</source>
        <translation>切换方式的误差值。</translation>
    </message>
    <message>
        <source>Whether the output is the logarithm of the rate.</source>
        <translation>输出是否为比率的对数。</translation>
    </message>
    <message>
        <source>Whether to add the Stirling term.</source>
        <translation>是否加上 Stirling 项。</translation>
    </message>
    <message>
        <source>Keeps log(0) away without log_input.</source>
        <translation>在没有 log_input 时避免 log(0)。</translation>
    </message>
    <message>
        <source>Whether the target holds logarithms as well.</source>
        <translation>目标是否也是对数。</translation>
    </message>
    <message>
        <source>Its sizes, such as 4, 4; N is that of an Input.</source>
        <translation>各维尺寸，例如 4, 4；N 表示某个输入的尺寸。</translation>
    </message>
    <message>
        <source>The number after the last; T is a size of an Input.</source>
        <translation>最后一个数之后的数；T 表示某个输入的尺寸。</translation>
    </message>
    <message>
        <source>Learning rate: how large the steps are.</source>
        <translation>学习率：每一步走多大。</translation>
    </message>
    <message>
        <source>How much of the last step is kept.</source>
        <translation>上一步保留多少。</translation>
    </message>
    <message>
        <source>How much of the gradient momentum leaves out.</source>
        <translation>动量略去多少梯度。</translation>
    </message>
    <message>
        <source>Pulls weights towards zero.</source>
        <translation>将权重拉向零。</translation>
    </message>
    <message>
        <source>Look ahead along the momentum.</source>
        <translation>沿动量方向向前看。</translation>
    </message>
    <message>
        <source>How long gradients are averaged.</source>
        <translation>梯度平均的时间长度。</translation>
    </message>
    <message>
        <source>How long squared gradients are averaged.</source>
        <translation>梯度平方平均的时间长度。</translation>
    </message>
    <message>
        <source>Added to the denominator, so that it is never 0.</source>
        <translation>加在分母上，使其永不为 0。</translation>
    </message>
    <message>
        <source>Use the largest average of squares so far.</source>
        <translation>使用至今最大的平方平均值。</translation>
    </message>
    <message>
        <source>How fast the momentum grows.</source>
        <translation>动量增长的快慢。</translation>
    </message>
    <message>
        <source>Divide by the variance instead of the mean square.</source>
        <translation>除以方差而不是均方。</translation>
    </message>
    <message>
        <source>How fast the learning rate falls.</source>
        <translation>学习率下降的快慢。</translation>
    </message>
    <message>
        <source>What the sum begins with.</source>
        <translation>累加的初始值。</translation>
    </message>
    <message>
        <source>How long squares are averaged.</source>
        <translation>平方平均的时间长度。</translation>
    </message>
    <message>
        <source>Epochs from one fall to the next.</source>
        <translation>两次下降之间的轮数。</translation>
    </message>
    <message>
        <source>What the learning rate is multiplied by.</source>
        <translation>学习率所乘的因子。</translation>
    </message>
    <message>
        <source>Epochs until it has fallen; all of them where empty.</source>
        <translation>下降到底所需的轮数；留空则为全部轮数。</translation>
    </message>
    <message>
        <source>The learning rate it falls to.</source>
        <translation>学习率下降到的值。</translation>
    </message>
    <message>
        <source>The learning rate at the top.</source>
        <translation>最高点的学习率。</translation>
    </message>
    <message>
        <source>Share of the run that it rises.</source>
        <translation>上升阶段占整个运行的比例。</translation>
    </message>
    <message>
        <source>The shape of rise and fall.</source>
        <translation>上升和下降的形状。</translation>
    </message>
    <message>
        <source>The top over the learning rate at the start.</source>
        <translation>最高点与起点学习率之比。</translation>
    </message>
    <message>
        <source>The start over the end.</source>
        <translation>起点与终点之比。</translation>
    </message>
    <message>
        <source>What it begins with, as a factor.</source>
        <translation>起始因子。</translation>
    </message>
    <message>
        <source>What it ends with, as a factor.</source>
        <translation>结束因子。</translation>
    </message>
    <message>
        <source>Epochs that it takes.</source>
        <translation>所需的轮数。</translation>
    </message>
    <message>
        <source>Epochs without progress before it falls.</source>
        <translation>多少轮没有进展才下降。</translation>
    </message>
    <message>
        <source>What counts as progress, as a share.</source>
        <translation>多大的相对变化算作进展。</translation>
    </message>
    <message>
        <source>Epochs to wait after a fall.</source>
        <translation>下降之后等待的轮数。</translation>
    </message>
    <message>
        <source>It never falls below this.</source>
        <translation>永不低于此值。</translation>
    </message>
    <message>
        <source>The class in the target that counts for nothing.</source>
        <translation>目标中不计入损失的类别。</translation>
    </message>
    <message>
        <source>The slope of the negative side of leaky_relu.</source>
        <translation>leaky_relu 负半轴的斜率。</translation>
    </message>
    <message>
        <source>Which pass keeps its size: forward or back.</source>
        <translation>保持哪个方向的数值大小：前向或反向。</translation>
    </message>
    <message>
        <source>The activation that follows.</source>
        <translation>后面的激活函数。</translation>
    </message>
    <message>
        <source>What the result is multiplied by.</source>
        <translation>结果所乘的倍数。</translation>
    </message>
    <message>
        <source>The mean.</source>
        <translation>均值。</translation>
    </message>
    <message>
        <source>The standard deviation.</source>
        <translation>标准差。</translation>
    </message>
    <message>
        <source>Groups of output channels, each of which does so.</source>
        <translation>输出通道的组数，每组各自如此。</translation>
    </message>
    <message>
        <source>The share of zeros.</source>
        <translation>零所占的比例。</translation>
    </message>
    <message>
        <source>The first dimension of the other tensor.</source>
        <translation>另一个张量的第一个维度。</translation>
    </message>
    <message>
        <source>The dimension after the last of them.</source>
        <translation>最后一个维度之后的那个维度。</translation>
    </message>
    <message>
        <source>Whether −1 and 1 are the centres of corners.</source>
        <translation>−1 和 1 是否表示角上像素的中心。</translation>
    </message>
    <message>
        <source>How elements between others come about.</source>
        <translation>如何得到元素之间的值。</translation>
    </message>
    <message>
        <source>What is seen beyond the border.</source>
        <translation>边界之外看到什么。</translation>
    </message>
    <message>
        <source>Whether a key head serves several.</source>
        <translation>一个键头是否服务于多个查询头。</translation>
    </message>
    <message>
        <source>How many are drawn of each row.</source>
        <translation>每行抽取多少个。</translation>
    </message>
    <message>
        <source>Whether one may be drawn again.</source>
        <translation>同一个是否可以再次被抽到。</translation>
    </message>
    <message>
        <source>The dimension of which each entry has a magnitude; empty for one of the whole weight.</source>
        <translation>其每一项各有一个幅值的维度；留空则整个权重共用一个幅值。</translation>
    </message>
    <message>
        <source>The dimension that is the rows of the matrix; empty for that of the outputs.</source>
        <translation>作为矩阵行的维度；留空则取输出所在的维度。</translation>
    </message>
    <message>
        <source>A weight for each class; empty for the same.</source>
        <translation>每个类别的权重；留空则都相同。</translation>
    </message>
    <message>
        <source>A weight for each label; empty for the same.</source>
        <translation>每个标签的权重；留空则都相同。</translation>
    </message>
    <message>
        <source>What a yes weighs, for each label: above 1 where it is rare; empty for 1.</source>
        <translation>每个标签中“是”的权重：较少见时大于 1；留空则为 1。</translation>
    </message>
    <message>
        <source>Epochs without progress before the run ends.</source>
        <translation>多少轮没有进步就结束运行。</translation>
    </message>
    <message>
        <source>The longest that the gradient may be.</source>
        <translation>梯度最长可以有多长。</translation>
    </message>
    <message>
        <source>Which norm is measured, such as 2.</source>
        <translation>用哪种范数来量，例如 2。</translation>
    </message>
    <message>
        <source>The largest that each number may be.</source>
        <translation>每个数最大可以是多少。</translation>
    </message>
    <message>
        <source>Batches that make one step.</source>
        <translation>几个批次合成一步。</translation>
    </message>
    <message>
        <source>With float16 the loss is scaled, so that gradients do not vanish.</source>
        <translation>用 float16 时会放大损失，以免梯度消失。</translation>
    </message>
    <message>
        <source>What they are multiplied by.</source>
        <translation>所乘的系数。</translation>
    </message>
    <message>
        <source>How much of the average is kept at each step.</source>
        <translation>每一步保留平均值的多少。</translation>
    </message>
    <message>
        <source>The first epoch whose weights count.</source>
        <translation>从第几轮开始计入权重。</translation>
    </message>
    <message>
        <source>Make it once for batches of every size.</source>
        <translation>只编译一次，适用于各种大小的批次。</translation>
    </message>
    <message>
        <source>How fast squares are forgotten.</source>
        <translation>平方值遗忘得多快。</translation>
    </message>
    <message>
        <source>The longest that a step may be.</source>
        <translation>一步最长可以有多长。</translation>
    </message>
    <message>
        <source>The step from which weights are averaged.</source>
        <translation>从第几步开始平均权重。</translation>
    </message>
    <message>
        <source>How steps shrink.</source>
        <translation>步长如何缩小。</translation>
    </message>
    <message>
        <source>How steps grow.</source>
        <translation>步长如何增大。</translation>
    </message>
    <message>
        <source>The smallest step of a weight.</source>
        <translation>权重的最小步长。</translation>
    </message>
    <message>
        <source>The largest step of a weight.</source>
        <translation>权重的最大步长。</translation>
    </message>
    <message>
        <source>Epochs until it begins anew.</source>
        <translation>多少轮后重新开始。</translation>
    </message>
    <message>
        <source>How many times longer each further fall is.</source>
        <translation>此后每次下降是前一次的几倍长。</translation>
    </message>
    <message>
        <source>Epochs until it has fallen; all where empty.</source>
        <translation>多少轮降完；留空则为全部。</translation>
    </message>
    <message>
        <source>1 for a straight line, 2 for a parabola.</source>
        <translation>1 为直线，2 为抛物线。</translation>
    </message>
    <message>
        <source>How many of the highest scores count.</source>
        <translation>取得分最高的多少个。</translation>
    </message>
    <message>
        <source>The mean over the classes, all elements counted together, or each class for itself.</source>
        <translation>各类别取平均，或所有元素合并计算，或分别给出每个类别。</translation>
    </message>
    <message>
        <source>How many bins there are from 0 to 1.</source>
        <translation>从 0 到 1 分成多少个区间。</translation>
    </message>
    <message>
        <source>How many numbers are transformed; empty for all that come in.</source>
        <translation>变换多少个数；留空则为输入的全部。</translation>
    </message>
    <message>
        <source>The dimension that is transformed.</source>
        <translation>进行变换的维度。</translation>
    </message>
    <message>
        <source>Which way is divided by the number of elements: back, both by its root, or there.</source>
        <translation>哪个方向除以元素个数：逆变换、两个方向各除以其平方根，或正变换。</translation>
    </message>
    <message>
        <source>The size of each of these dimensions; empty for those of the input.</source>
        <translation>这些维度各自的大小；留空则与输入相同。</translation>
    </message>
    <message>
        <source>The dimensions that are transformed.</source>
        <translation>进行变换的各个维度。</translation>
    </message>
    <message>
        <source>The dimensions whose middle comes first.</source>
        <translation>中间移到最前的各个维度。</translation>
    </message>
    <message>
        <source>How many numbers are transformed.</source>
        <translation>变换多少个数。</translation>
    </message>
    <message>
        <source>Its sizes, such as 1, 64; N is that of an Input.</source>
        <translation>各维大小，例如 1, 64；N 是某个 Input 的大小。</translation>
    </message>
    <message>
        <source>The least number.</source>
        <translation>最小的数。</translation>
    </message>
    <message>
        <source>The number after the largest.</source>
        <translation>最大数之后的数。</translation>
    </message>
    <message>
        <source>Whether uses of the block may leave it open, as mask=None in forward; layers that can do without then get None.</source>
        <translation>使用该块时是否可以不连接它，如同 forward 中的 mask=None；可以省略它的层此时得到 None。</translation>
    </message>
    <message>
        <source>The number that fills the tensor where a use of the block leaves it open.</source>
        <translation>使用该块而未连接它时，用来填满张量的数。</translation>
    </message>
    <message>
        <source>Steps of Newton and Schulz.</source>
        <translation>牛顿–舒尔茨迭代的步数。</translation>
    </message>
    <message>
        <source>How the rate follows the shape of a matrix; the second suits the rates of AdamW.</source>
        <translation>学习率如何随矩阵形状调整；第二种适合沿用 AdamW 的学习率。</translation>
    </message>
    <message>
        <source>Learning rate of the AdamW that takes all other weights.</source>
        <translation>负责其余权重的 AdamW 的学习率。</translation>
    </message>
    <message>
        <source>Weight decay of that AdamW.</source>
        <translation>该 AdamW 的权重衰减。</translation>
    </message>
    <message>
        <source>Steps of its own that it takes for each batch.</source>
        <translation>对每个批次内部迭代的步数。</translation>
    </message>
    <message>
        <source>How many of its last steps it remembers.</source>
        <translation>记住最近多少步。</translation>
    </message>
    <message>
        <source>With the second it finds out how long each step may be.</source>
        <translation>选第二种时，会自行搜索每一步该走多长。</translation>
    </message>
    <message>
        <source>A gradient below this ends it.</source>
        <translation>梯度小于此值即结束。</translation>
    </message>
    <message>
        <source>A change below this ends it.</source>
        <translation>变化小于此值即结束。</translation>
    </message>
    <message>
        <source>One of those that are told of an output.</source>
        <translation>某个输出所报告的指标之一。</translation>
    </message>
    <message>
        <source>By which the rate falls from each layer or block to the one before it.</source>
        <translation>从每一层（或块）到它前一层，学习率所乘的系数。</translation>
    </message>
    <message>
        <source>What the rate of each is multiplied by.</source>
        <translation>各自的学习率所乘的系数。</translation>
    </message>
    <message>
        <source>What the decay of each is multiplied by.</source>
        <translation>各自的权重衰减所乘的系数。</translation>
    </message>
    <message>
        <source>The first epoch in which each is trained.</source>
        <translation>各自从第几轮开始训练。</translation>
    </message>
    <message>
        <source>Keep what is frozen as in evaluation: batch norms keep their statistics, and nothing is dropped.</source>
        <translation>冻结部分保持评估模式：批归一化的统计量不变，也不做随机丢弃。</translation>
    </message>
    <message>
        <source>Those of which only inputs and outputs are kept.</source>
        <translation>只保留其输入与输出的层。</translation>
    </message>
    <message>
        <source>Takes a step on the first of every so many batches.</source>
        <translation>每隔这么多个批次，在其中第一个批次上走一步。</translation>
    </message>
    <message>
        <source>Weigh each class by how rare it is among the training samples, as if all were as frequent.</source>
        <translation>按类别在训练样本中的稀少程度加权，如同各类一样多。</translation>
    </message>
    <message>
        <source>How little counts what is right already; 0 for plain cross entropy.</source>
        <translation>已判对的样本所占分量有多小；0 即普通交叉熵。</translation>
    </message>
    <message>
        <source>What a yes counts, where a no counts the rest to 1.</source>
        <translation>“是”的权重；“否”的权重为 1 减去它。</translation>
    </message>
    <message>
        <source>The epochs after which it falls.</source>
        <translation>在哪些轮次之后下降。</translation>
    </message>
    <message>
        <source>The share that it is held at.</source>
        <translation>保持在学习率的多大比例。</translation>
    </message>
    <message>
        <source>Epochs that it is held; all of them where empty.</source>
        <translation>保持多少轮；留空则为全部。</translation>
    </message>
    <message>
        <source>The lowest learning rate.</source>
        <translation>最低学习率。</translation>
    </message>
    <message>
        <source>The highest learning rate.</source>
        <translation>最高学习率。</translation>
    </message>
    <message>
        <source>Steps from the lowest to the highest.</source>
        <translation>从最低到最高所需的步数。</translation>
    </message>
    <message>
        <source>With the second each rise is half as high as the one before it.</source>
        <translation>选第二种时，每次上升的高度减半。</translation>
    </message>
    <message>
        <source>Which element; −1 is the last, T - 1 a size of an Input.</source>
        <translation>取哪个元素；−1 是最后一个，T - 1 用的是某个输入的尺寸。</translation>
    </message>
    <message>
        <source>The first element, such as 0 or H // 2.</source>
        <translation>第一个元素，例如 0 或 H // 2。</translation>
    </message>
    <message>
        <source>The element after the last, such as H // 2; empty for all.</source>
        <translation>末尾之后的那个元素，例如 H // 2；留空表示全部。</translation>
    </message>
    <message>
        <source>Epochs until it is at its height; it rises with each.</source>
        <translation>升到最高所需的轮数；每轮升一次。</translation>
    </message>
    <message>
        <source>Steps until it is at its height, in place of epochs; it rises with each, and the schedule moves step by step then too.</source>
        <translation>升到最高所需的步数，填写后不再看轮数；每步升一次，此时调度也逐步变化。</translation>
    </message>
    <message>
        <source>What each array is for.</source>
        <translation>每个数组的用途。</translation>
    </message>
    <message>
        <source>What each array holds.</source>
        <translation>每个数组的内容。</translation>
    </message>
    <message>
        <source>The file: .csv, .tsv, .txt, .xlsx, .parquet, .jsonl, .json, or .csv.gz.</source>
        <translation>文件：.csv、.tsv、.txt、.xlsx、.parquet、.jsonl、.json 或 .csv.gz。</translation>
    </message>
    <message>
        <source>The column to predict; where empty, the one that looks like it.</source>
        <translation>要预测的列；留空则取看起来最像目标的那一列。</translation>
    </message>
    <message>
        <source>Whether the first row names the columns.</source>
        <translation>第一行是否为列名。</translation>
    </message>
    <message>
        <source>How the letters are written as bytes.</source>
        <translation>文字以何种编码写成字节。</translation>
    </message>
    <message>
        <source>What stands before decimals.</source>
        <translation>小数点用什么符号。</translation>
    </message>
    <message>
        <source>What stands between groups of three digits.</source>
        <translation>每三位数字之间的分隔符。</translation>
    </message>
    <message>
        <source>Of an Excel file, the sheet to read; the first filled one if empty.</source>
        <translation>Excel 文件中要读取的工作表；留空则取第一个有内容的。</translation>
    </message>
    <message>
        <source>More words that stand for no value, separated by commas.</source>
        <translation>另外表示缺失的词，用逗号分隔。</translation>
    </message>
    <message>
        <source>What becomes of missing values: by default the median of the training samples for numbers, and for words a category of their own. “skip” leaves their rows out.</source>
        <translation>缺失值如何处理：默认数字取训练样本的中位数，词语自成一类。“skip”会略去这些行。</translation>
    </message>
    <message>
        <source>What columns are for, where it is not as proposed.</source>
        <translation>各列的用途，与建议不同之处。</translation>
    </message>
    <message>
        <source>What columns hold, where it is not as it looks.</source>
        <translation>各列的内容类型，与看起来不同之处。</translation>
    </message>
    <message>
        <source>How words and dates enter, where it is not as usual.</source>
        <translation>词语和日期如何进入特征，与惯例不同之处。</translation>
    </message>
    <message>
        <source>What becomes of missing values of single columns.</source>
        <translation>个别列的缺失值如何处理。</translation>
    </message>
    <message>
        <source>Pictures are scaled to this width and height; 0 for what suits most of them.</source>
        <translation>图片缩放到此宽度和高度；0 表示按多数图片的大小。</translation>
    </message>
    <message>
        <source>How pictures of other proportions are fitted in: squashed, cut off, or with background beside them.</source>
        <translation>比例不同的图片如何适应：压缩、裁剪，或在旁边补上背景。</translation>
    </message>
    <message>
        <source>Three channels or one; auto takes one where all pictures are grey.</source>
        <translation>三个通道或一个；自动：全部为灰度图时取一个。</translation>
    </message>
    <message>
        <source>What transparent pictures are laid on.</source>
        <translation>透明图片所用的背景。</translation>
    </message>
    <message>
        <source>Turn photographs as the camera was held (EXIF).</source>
        <translation>按拍摄时相机的方向旋转照片（EXIF）。</translation>
    </message>
    <message>
        <source>Pictures of 16 bits or of floats: from the darkest to the brightest of each, or by what their format can hold.</source>
        <translation>16 位或浮点图片：按每张最暗到最亮的范围，或按其格式所能表示的范围。</translation>
    </message>
    <message>
        <source>What becomes of pictures that cannot be read.</source>
        <translation>如何处理无法读取的图片。</translation>
    </message>
    <message>
        <source>Whether pictures are held in memory, or read as they are needed while training.</source>
        <translation>图片保存在内存中，还是在训练时按需读取。</translation>
    </message>
    <message>
        <source>A table with the name and the label of each picture, if any.</source>
        <translation>含有每张图片的名称和标签的表格（如有）。</translation>
    </message>
    <message>
        <source>How pictures lie in their array: with channels as layers take them, behind the pixels, or with none at all; or with the samples along the last dimension.</source>
        <translation>图片在数组中的排列：通道如层所需、通道在像素之后，或没有通道；或者样本沿最后一维。</translation>
    </message>
    <message>
        <source>What becomes of values that are no number: by default the mean of the training samples. “skip” leaves their samples out, as is always done without a target.</source>
        <translation>不是数字的值如何处理：默认用训练样本的均值。“skip”舍去这些样本；缺少目标的样本总会舍去。</translation>
    </message>
    <message>
        <source>What becomes of missing values of single arrays.</source>
        <translation>单个数组的缺失值如何处理。</translation>
    </message>
    <message>
        <source>Which part each word of a “split” array stands for.</source>
        <translation>“划分”数组中的每个词代表哪一部分。</translation>
    </message>
    <message>
        <source>What names the class: the first of several folders within each other, the deepest, or what the name of a picture begins with, as in cat.12.jpg.</source>
        <translation>类别由什么命名：多层文件夹中的第一层、最深一层，或图片文件名的开头，如 cat.12.jpg。</translation>
    </message>
    <message>
        <source>Mean and deviation; least and greatest, to 0 and 1; median and quartiles, which heed no outliers; each sample by its own mean and deviation, such as each picture by its light and contrast; or nothing.</source>
        <translation>均值与标准差；最小与最大值缩到 0 和 1；不受离群值影响的中位数与四分位数；每个样本按自己的均值与标准差，例如每张图片按其明暗与对比度；或不缩放。</translation>
    </message>
    <message>
        <source>Which comes first in dates such as 3/4/2020 that leave it open.</source>
        <translation>像 3/4/2020 这样分不清的日期中，日和月谁在前。</translation>
    </message>
    <message>
        <source>The subset comes along. The whole set is read from where the Debian package dataset-fashion-mnist puts it: “auto” takes it where it is, else the subset.</source>
        <translation>子集随程序提供。完整数据集从 Debian 软件包 dataset-fashion-mnist 的位置读取：“auto” 在装有该包时取完整数据集，否则取子集。</translation>
    </message>
    <message>
        <source>A table with the name and the label of each sound, if any.</source>
        <translation>列有每段声音的名称和标签的表格（如有）。</translation>
    </message>
    <message>
        <source>The column that tells several series apart, such as one of sensors; found where moments repeat if empty.</source>
        <translation>区分多个序列的列，例如传感器列；留空时，若时刻重复则自动查找。</translation>
    </message>
    <message>
        <source>What becomes of moments that lack: no window over them, a row that is as the one before, or the next row follows at once.</source>
        <translation>缺少的时刻如何处理：窗口不跨越它们，补上与前一行相同的行，或让下一行直接相接。</translation>
    </message>
    <message>
        <source>A .txt file, or a table of any form.</source>
        <translation>一个 .txt 文件，或任意形式的表格。</translation>
    </message>
    <message>
        <source>The column of classes or numbers; found by what it holds where empty.</source>
        <translation>类别或数值所在的列；留空时按内容查找。</translation>
    </message>
    <message>
        <source>Whether the next token is to be found, or the class of a text, or a number.</source>
        <translation>要预测下一个词元、文本的类别，还是一个数值。</translation>
    </message>
    <message>
        <source>Take words that differ in capitals alone for the same.</source>
        <translation>把只有大小写不同的词视为相同。</translation>
    </message>
    <message>
        <source>The table&apos;s column of labels; found by its name where empty.</source>
        <translation>表格中的标签列；留空则按名称查找。</translation>
    </message>
    <message>
        <source>Of masks, the value of places that count for nothing, in no loss and no figure: a number such as 255, a colour such as #ffffff, or “none”. Where empty, 255 or −1 beside class numbers.</source>
        <translation>掩码中不计入的位置的值，这些位置既不进入损失也不进入指标：可以是 255 之类的数、#ffffff 之类的颜色，或 none（没有这样的值）。留空时，与类别编号并存的 255 或 −1 会被忽略。</translation>
    </message>
    <message>
        <source>What is to be predicted: the class, the partner of each picture as a mask or as a picture, masks of marked objects, a picture of another kind that is no partner, the other half of two squares in one file, or the picture itself.</source>
        <translation>要预测什么：类别、每张图片配对的掩码或图片、所标物体的掩码、另一类但不成对的图片、同一文件中并排两个正方形的另一半，或图片本身。</translation>
    </message>
    <message>
        <source>Of two pictures, take the second for what enters.</source>
        <translation>两张图片中，以第二张作为输入。</translation>
    </message>
    <message>
        <source>Make columns of cells that hold several numbers, as [0.1, 0.2], or several words, as red|blue.</source>
        <translation>把含多个数（如 [0.1, 0.2]）或多个词（如 red|blue）的单元格拆成多列。</translation>
    </message>
    <message>
        <source>Which part each word of a “split” column stands for.</source>
        <translation>划分列（split）中的每个词代表哪一部分。</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Here it is {0}</source>
        <translation>在此处为 {0}</translation>
    </message>
    <message>
        <source>Name of the parameter</source>
        <translation>参数名称</translation>
    </message>
    <message>
        <source>Type of the parameter</source>
        <translation>参数类型</translation>
    </message>
    <message>
        <source>What it holds, and its default</source>
        <translation>参数的内容及其默认值</translation>
    </message>
    <message>
        <source>Its default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>用途说明</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Change parameter {0}</source>
        <translation>修改参数 {0}</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Move parameter {0}</source>
        <translation>移动参数 {0}</translation>
    </message>
    <message numerus="yes">
        <source>{0} is used in %n node(s). They have its default, {1}, instead.</source>
        <translation>
            <numerusform>{0} 被 %n 个节点使用。它们将改用默认值 {1}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove Parameter</source>
        <translation>移除参数</translation>
    </message>
    <message>
        <source>Remove parameter {0}</source>
        <translation>移除参数 {0}</translation>
    </message>
    <message>
        <source>It is the first already.</source>
        <translation>它已经在最前面。</translation>
    </message>
    <message>
        <source>It is the last already.</source>
        <translation>它已经在最后面。</translation>
    </message>
    <message>
        <source>The layer kinds to choose from, such as ReLU, LeakyReLU(negative_slope=0.2)</source>
        <translation>可供选择的层种类，例如 ReLU, LeakyReLU(negative_slope=0.2)</translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>PhasesEditor</name>
    <message>
        <source>Add a schedule after it…</source>
        <translation>再接一个调度…</translation>
    </message>
</context>
<context>
    <name>PhasesPanel</name>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
</context>
<context>
    <name>Phrase</name>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>真或假</translation>
    </message>
    <message>
        <source>one of the choices</source>
        <translation>选项之一</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>a whole number, or one for each spatial dimension</source>
        <translation>一个整数，或每个空间维度各一个整数</translation>
    </message>
    <message>
        <source>whole numbers separated by commas</source>
        <translation>用逗号分隔的整数</translation>
    </message>
    <message>
        <source>a whole number, or a size such as T - 1</source>
        <translation>整数，或 T - 1 这样的尺寸</translation>
    </message>
    <message>
        <source>whole numbers, or sizes such as N and H // 2, separated by commas</source>
        <translation>用逗号分隔的整数或尺寸，例如 N、H // 2</translation>
    </message>
    <message>
        <source>sizes or dimension names separated by commas, such as N, 3, 32, 32</source>
        <translation>用逗号分隔的大小或维度名，例如 N, 3, 32, 32</translation>
    </message>
    <message>
        <source>dimension names, each with a number, such as H, 32, W, 32</source>
        <translation>维度名称，各跟一个数，例如 H, 32, W, 32</translation>
    </message>
    <message>
        <source>columns or arrays, each with a word for it</source>
        <translation>列名或数组名，每个后面跟一个词</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>it is longer than 64 characters</source>
        <translation>它超过 64 个字符</translation>
    </message>
    <message>
        <source>a name has letters, digits and underscores, and does not begin with a digit</source>
        <translation>名称由字母、数字和下划线组成，且不以数字开头</translation>
    </message>
    <message>
        <source>it is a keyword of Python</source>
        <translation>它是 Python 的关键字</translation>
    </message>
    <message>
        <source>it is easily mistaken for another letter or a digit</source>
        <translation>它容易与其他字母或数字混淆</translation>
    </message>
    <message>
        <source>names that begin with an underscore belong to Python and PyTorch</source>
        <translation>以下划线开头的名称属于 Python 和 PyTorch</translation>
    </message>
    <message>
        <source>PyTorch&apos;s nn.Module or the generated file uses it already</source>
        <translation>PyTorch 的 nn.Module 或生成的文件已经使用了它</translation>
    </message>
    <message>
        <source>it is a function of formulas</source>
        <translation>它是公式中的函数</translation>
    </message>
    <message>
        <source>it is how often a block is used in sequence</source>
        <translation>它表示模块连续使用的次数</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>transforms</source>
        <translation>变换</translation>
    </message>
    <message>
        <source>pictures of shape N×C×H×W</source>
        <translation>形状为 N×C×H×W 的图片</translation>
    </message>
    <message>
        <source>pictures in three colours, N×3×H×W</source>
        <translation>三通道的彩色图片，N×3×H×W</translation>
    </message>
    <message>
        <source>series of shape N×T×C</source>
        <translation>形状为 N×T×C 的序列</translation>
    </message>
    <message>
        <source>indices of words, N×T</source>
        <translation>词的索引，N×T</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>{symbol} divisible by {divisor}</source>
        <translation>{symbol} 能被 {divisor} 整除</translation>
    </message>
    <message>
        <source>{symbol} odd</source>
        <translation>{symbol} 为奇数</translation>
    </message>
    <message>
        <source>{symbol} divided by {divisor} leaves {remainders}</source>
        <translation>{symbol} 除以 {divisor} 余 {remainders}</translation>
    </message>
    <message>
        <source>{symbol} at least {minimum}</source>
        <translation>{symbol} 至少为 {minimum}</translation>
    </message>
    <message>
        <source>{left} equal to {right}</source>
        <translation>{left} 等于 {right}</translation>
    </message>
    <message>
        <source>no {symbol} fits</source>
        <translation>没有合适的 {symbol}</translation>
    </message>
    <message>
        <source>raw scores</source>
        <translation>原始得分</translation>
    </message>
    <message>
        <source>log-probabilities</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>rows without a gap</source>
        <translation>没有空缺的行</translation>
    </message>
    <message>
        <source>classes in “{name}”</source>
        <translation>“{name}”中的类别</translation>
    </message>
    <message>
        <source>it alone is of few whole numbers</source>
        <translation>只有它由少数几个整数组成</translation>
    </message>
    <message>
        <source>it is the only column that can be predicted</source>
        <translation>是唯一可以预测的列</translation>
    </message>
    <message>
        <source>folders with pictures</source>
        <translation>含有图片的文件夹</translation>
    </message>
    <message>
        <source>folders with .txt files</source>
        <translation>含有 .txt 文件的文件夹</translation>
    </message>
    <message>
        <source>classes of text</source>
        <translation>文本类别</translation>
    </message>
    <message>
        <source>folders with .wav files</source>
        <translation>含有 .wav 文件的文件夹</translation>
    </message>
    <message>
        <source>it is no sound in WAV format</source>
        <translation>它不是 WAV 格式的声音</translation>
    </message>
    <message>
        <source>columns of numbers</source>
        <translation>数字列</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>it is not text in {encoding} ({reason})</source>
        <translation>它不是 {encoding} 编码的文本（{reason}）</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>at least 1</source>
        <translation>至少 1</translation>
    </message>
    <message>
        <source>it is not UTF-8 text ({reason})</source>
        <translation>不是 UTF-8 文本（{reason}）</translation>
    </message>
    <message>
        <source>line {line}: {reason}</source>
        <translation>第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>it is no IDX file of bytes with {dimensions} dimensions</source>
        <translation>它不是 {dimensions} 维的字节 IDX 文件</translation>
    </message>
    <message>
        <source>it should hold {size} bytes behind its header, not more or less</source>
        <translation>文件头之后应恰好有 {size} 个字节</translation>
    </message>
    <message>
        <source>{parameter} of {name}</source>
        <translation>{name} 的 {parameter}</translation>
    </message>
    <message>
        <source>It follows from what comes in, so that the weights fit.</source>
        <translation>由输入决定，以便与权重匹配。</translation>
    </message>
    <message>
        <source>a parameter of the block {block}</source>
        <translation>模块 {block} 的参数</translation>
    </message>
    <message>
        <source>It is worked out from the parameters of the block {block}.</source>
        <translation>由模块 {block} 的参数算出。</translation>
    </message>
    <message>
        <source>parameters of {name}</source>
        <translation>{name} 的参数量</translation>
    </message>
    <message>
        <source>The parameters of all layers add up; shared weights count once.</source>
        <translation>所有层的参数量相加；共享的权重只计一次。</translation>
    </message>
    <message>
        <source>The parameters of all layers add up.</source>
        <translation>所有层的参数量相加。</translation>
    </message>
    <message>
        <source>repeat {first}</source>
        <translation>第 {first} 次重复</translation>
    </message>
    <message>
        <source>repeats {first} to {last}, each</source>
        <translation>第 {first} 至 {last} 次重复，每次</translation>
    </message>
    <message>
        <source>Each repeat of the block has weights of its own, which add up.</source>
        <translation>模块的每次重复都有自己的权重，参数量相加。</translation>
    </message>
    <message>
        <source>All repeats of the block have the same weights, which count once.</source>
        <translation>模块的各次重复共用同一组权重，只计一次。</translation>
    </message>
    <message>
        <source>{count} repeats lie side by side along this dimension.</source>
        <translation>{count} 次重复沿这一维并列。</translation>
    </message>
    <message>
        <source>A weight holds as many numbers as its sizes multiplied; all weights add up.</source>
        <translation>每个权重的元素个数等于各维大小之积；所有权重相加。</translation>
    </message>
    <message>
        <source>These weights are those of {name}, and counted there.</source>
        <translation>这些权重就是 {name} 的权重，已在那里计数。</translation>
    </message>
    <message>
        <source>{kind} was run on a tensor without data, and gave it.</source>
        <translation>用不含数据的张量运行 {kind} 得到了它。</translation>
    </message>
    <message>
        <source>It is what comes out of the block {block}.</source>
        <translation>它是模块 {block} 的输出。</translation>
    </message>
    <message>
        <source>It is what goes into the block {block}.</source>
        <translation>它是模块 {block} 的输入。</translation>
    </message>
    <message>
        <source>You called this dimension {symbol}: it stands for any size.</source>
        <translation>你把这一维命名为 {symbol}：它代表任意大小。</translation>
    </message>
    <message>
        <source>You called this dimension {symbol}: it stands for any multiple of {divisor}.</source>
        <translation>你把这一维命名为 {symbol}：它代表 {divisor} 的任意倍数。</translation>
    </message>
    <message>
        <source>{kind} gives {value} here.</source>
        <translation>{kind} 在这里给出 {value}。</translation>
    </message>
    <message>
        <source>You gave this size at the input.</source>
        <translation>这个大小是你在输入处指定的。</translation>
    </message>
    <message>
        <source>{kind} leaves this dimension as it came.</source>
        <translation>{kind} 保持这一维不变。</translation>
    </message>
    <message>
        <source>It is an argument of {kind}.</source>
        <translation>它是 {kind} 的参数。</translation>
    </message>
    <message>
        <source>The tensors lie one after the other, so their sizes are added.</source>
        <translation>张量首尾相接，所以大小相加。</translation>
    </message>
    <message>
        <source>These dimensions become one, so their sizes are multiplied.</source>
        <translation>这几维合并成一维，所以大小相乘。</translation>
    </message>
    <message>
        <source>It is the number of places that the window takes, step by step.</source>
        <translation>它是窗口逐步滑动所经过的位置数。</translation>
    </message>
    <message>
        <source>{kind} works it out like this.</source>
        <translation>{kind} 这样计算。</translation>
    </message>
    <message>
        <source>part of {kind}</source>
        <translation>{kind} 的一部分</translation>
    </message>
    <message>
        <source>the formula {formula}</source>
        <translation>公式 {formula}</translation>
    </message>
    <message>
        <source>set by you</source>
        <translation>由你设定</translation>
    </message>
    <message>
        <source>follows from what comes in</source>
        <translation>由输入决定</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>{dimension} of the input {name}</source>
        <translation>输入 {name} 的{dimension}</translation>
    </message>
    <message>
        <source>{dimension} of {name}’s output</source>
        <translation>{name} 输出的{dimension}</translation>
    </message>
    <message>
        <source>{dimension} of {name}’s output {port}</source>
        <translation>{name} 输出 {port} 的{dimension}</translation>
    </message>
    <message>
        <source>dimension {index}</source>
        <translation>第 {index} 维</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>it is no ordinary file</source>
        <translation>这不是普通文件</translation>
    </message>
    <message>
        <source>It is worked out for each repeat; here it is that of the first.</source>
        <translation>每次重复分别计算，这里是第一次的值。</translation>
    </message>
    <message>
        <source>which repeat it is, counted from 0</source>
        <translation>第几次重复，从 0 数起</translation>
    </message>
    <message>
        <source>numbers separated by commas</source>
        <translation>用逗号分隔的数</translation>
    </message>
    <message>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>a layer kind</source>
        <translation>层的种类</translation>
    </message>
    <message>
        <source>metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Only the data tell how many {kind} finds: {value} stands for that number, which may differ at each call and be zero.</source>
        <translation>{kind} 找到多少个只有数据才知道：{value} 代表这个数，每次调用都可能不同，也可能为零。</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>若干层</translation>
    </message>
    <message>
        <source>layers, each with a number</source>
        <translation>若干层，每层带一个数</translation>
    </message>
    <message>
        <source>layers, each with a whole number</source>
        <translation>若干层，每层带一个整数</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个文件夹</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Directory not empty</source>
        <translation>文件夹不为空</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>文件句柄已失效</translation>
    </message>
    <message>
        <source>Transport endpoint is not connected</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>Invalid cross-device link</source>
        <translation>不能跨设备移动</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层数过多</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>a class at each place</source>
        <translation>每个位置一个类别</translation>
    </message>
    <message>
        <source>the class with the most in each row</source>
        <translation>每行中占比最大的类别</translation>
    </message>
    <message>
        <source>it stands for a file that Git LFS has not fetched</source>
        <translation>它只是一个 Git LFS 尚未取回的文件的占位符</translation>
    </message>
    <message>
        <source>by its name</source>
        <translation>按其名称</translation>
    </message>
    <message>
        <source>the first array</source>
        <translation>第一个数组</translation>
    </message>
    <message>
        <source>the last array</source>
        <translation>最后一个数组</translation>
    </message>
    <message>
        <source>it holds words</source>
        <translation>内容为文字</translation>
    </message>
    <message>
        <source>it holds neither numbers nor words</source>
        <translation>它既不含数字也不含文字</translation>
    </message>
    <message>
        <source>it holds numbers</source>
        <translation>内容为数值</translation>
    </message>
    <message>
        <source>it holds several numbers for each sample</source>
        <translation>每个样本有多个数值</translation>
    </message>
    <message>
        <source>whole numbers below 0 are no indices</source>
        <translation>小于 0 的整数不是索引</translation>
    </message>
    <message>
        <source>whole numbers may be indices, such as those of words</source>
        <translation>整数可能是索引，例如词的索引</translation>
    </message>
    <message>
        <source>each row adds up to 1</source>
        <translation>每行之和为 1</translation>
    </message>
    <message>
        <source>each row has a single 1 among zeros</source>
        <translation>每行只有一个 1，其余为 0</translation>
    </message>
    <message>
        <source>it has a whole number at each place, {count} in all</source>
        <translation>每个位置有一个整数，共 {count} 种</translation>
    </message>
    <message>
        <source>it has a whole number at each step, {count} in all</source>
        <translation>每一步有一个整数，共 {count} 个不同的值</translation>
    </message>
    <message>
        <source>{count} distinct values in {samples} samples</source>
        <translation>{samples} 个样本中有 {count} 个不同的值</translation>
    </message>
    <message>
        <source>at most {largest} classes, or numbers</source>
        <translation>最多 {largest} 个类别，或数值</translation>
    </message>
    <message>
        <source>whole numbers</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>its header is broken</source>
        <translation>其文件头已损坏</translation>
    </message>
    <message>
        <source>the array “{array}” is cut off</source>
        <translation>数组“{array}”不完整</translation>
    </message>
    <message>
        <source>HDF5 files are read where the Python package h5py is installed</source>
        <translation>读取 HDF5 文件需要安装 Python 包 h5py</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line {line}, column {column}</source>
        <translation>第 {line} 行第 {column} 列</translation>
    </message>
    <message>
        <source>Byte {number}</source>
        <translation>第 {number} 个字节</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a list of {count}</source>
        <translation>{count} 项的列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>an object in braces</source>
        <translation>花括号中的对象</translation>
    </message>
    <message>
        <source>an id of at most 64 letters and digits</source>
        <translation>不超过 64 个字母和数字的标识</translation>
    </message>
    <message>
        <source>an id of at most 64 letters and digits, or several with / between</source>
        <translation>不超过 64 个字母和数字的标识，或以 / 分隔的多个标识</translation>
    </message>
    <message>
        <source>a number too large</source>
        <translation>过大的数</translation>
    </message>
    <message>
        <source>{count} digits</source>
        <translation>{count} 位数字</translation>
    </message>
    <message>
        <source>more than a float can hold</source>
        <translation>超出浮点数的范围</translation>
    </message>
    <message>
        <source>{text} is not a number of JSON</source>
        <translation>{text} 不是 JSON 的数</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>此处应为一个值</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>此处应为逗号</translation>
    </message>
    <message>
        <source>Expecting &apos;:&apos; delimiter</source>
        <translation>此处应为冒号</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>此处应为双引号中的名称</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of object</source>
        <translation>对象末尾多了逗号</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of array</source>
        <translation>列表末尾多了逗号</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>后面还有多余的内容</translation>
    </message>
    <message>
        <source>Unterminated string starting at</source>
        <translation>字符串没有结束</translation>
    </message>
    <message>
        <source>Invalid control character at</source>
        <translation>含有不允许的控制字符</translation>
    </message>
    <message>
        <source>Invalid \escape</source>
        <translation>转义字符无效</translation>
    </message>
    <message>
        <source>Invalid \uXXXX escape</source>
        <translation>\uXXXX 转义无效</translation>
    </message>
    <message>
        <source>as its cells look</source>
        <translation>由单元格的样子判断</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>由您选定</translation>
    </message>
    <message>
        <source>it is mostly empty: {share} are missing</source>
        <translation>大部分为空：缺失 {share}</translation>
    </message>
    <message>
        <source>it has the same value in every row</source>
        <translation>每一行的值都相同</translation>
    </message>
    <message>
        <source>its cells are dates, such as {form}</source>
        <translation>单元格是日期，如 {form}</translation>
    </message>
    <message>
        <source>it differs in every row</source>
        <translation>每一行都不同</translation>
    </message>
    <message>
        <source>it has {count} different words in {rows} rows</source>
        <translation>{rows} 行中有 {count} 个不同的词</translation>
    </message>
    <message>
        <source>it has {count} different words</source>
        <translation>有 {count} 个不同的词</translation>
    </message>
    <message>
        <source>it counts the rows</source>
        <translation>是行号</translation>
    </message>
    <message>
        <source>it differs in every row and is called like an id</source>
        <translation>每一行都不同，且名称像编号</translation>
    </message>
    <message>
        <source>it has {count} whole numbers and is called like a class</source>
        <translation>有 {count} 个不同的整数，且名称像类别</translation>
    </message>
    <message>
        <source>its cells are numbers</source>
        <translation>单元格是数字</translation>
    </message>
    <message>
        <source>they are called like targets</source>
        <translation>名称像目标</translation>
    </message>
    <message>
        <source>it is called like a target</source>
        <translation>名称像目标</translation>
    </message>
    <message>
        <source>it is the last column</source>
        <translation>是最后一列</translation>
    </message>
    <message>
        <source>there is no other column to learn from</source>
        <translation>没有别的列可供学习</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <source>it is no list of objects</source>
        <translation>不是对象的列表</translation>
    </message>
    <message>
        <source>it is not {encoding} text ({reason})</source>
        <translation>不是 {encoding} 文本（{reason}）</translation>
    </message>
    <message>
        <source>it is hidden</source>
        <translation>它是隐藏文件</translation>
    </message>
    <message>
        <source>it lies in no folder of a class</source>
        <translation>它不在任何类别的文件夹中</translation>
    </message>
    <message>
        <source>it is no picture that can be read</source>
        <translation>它不是可读取的图片</translation>
    </message>
    <message>
        <source>it has no partner of its name</source>
        <translation>没有同名的对应图片</translation>
    </message>
    <message>
        <source>no column holds names of pictures</source>
        <translation>没有含图片名称的列</translation>
    </message>
    <message>
        <source>no column holds labels</source>
        <translation>没有含标签的列</translation>
    </message>
    <message>
        <source>there is no such picture</source>
        <translation>没有这张图片</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它太大</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>season</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>采样率</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>the mean of the training samples</source>
        <translation>训练样本的均值</translation>
    </message>
    <message>
        <source>the median of the training samples</source>
        <translation>训练样本的中位数</translation>
    </message>
    <message>
        <source>it is not as COCO writes it ({reason})</source>
        <translation>不符合 COCO 的写法（{reason}）</translation>
    </message>
    <message>
        <source>nothing tells what is in it</source>
        <translation>没有说明其中有什么</translation>
    </message>
    <message>
        <source>nothing is marked in it</source>
        <translation>其中没有标注</translation>
    </message>
    <message>
        <source>background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>the pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>it leads to what is read already</source>
        <translation>它指向已读取的内容</translation>
    </message>
    <message>
        <source>each place has a single 1 among zeros</source>
        <translation>每个位置在零中只有一个 1</translation>
    </message>
    <message>
        <source>it is free text, whose tokens can enter an Input of their own</source>
        <translation>它是自由文本，其词元可以进入自己的 Input</translation>
    </message>
    <message>
        <source>it names pictures, which can enter an Input of their own</source>
        <translation>它给出图片的名称，图片可以进入自己的 Input</translation>
    </message>
    <message>
        <source>it names pictures that are not found beside the table</source>
        <translation>它给出图片的名称，但在表格旁找不到这些图片</translation>
    </message>
    <message>
        <source>no picture is named</source>
        <translation>没有给出图片</translation>
    </message>
    <message>
        <source>it is no object</source>
        <translation>它不是对象</translation>
    </message>
    <message>
        <source>two columns have one name</source>
        <translation>两列同名</translation>
    </message>
    <message>
        <source>they add up to 1 in every row, as probabilities of classes do</source>
        <translation>它们在每行中相加为 1，就像各类别的概率</translation>
    </message>
    <message>
        <source>day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>it is the last column that can be predicted</source>
        <translation>它是最后一个可以预测的列</translation>
    </message>
    <message>
        <source>read from</source>
        <translation>读取自</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>a working day</source>
        <translation>一个工作日</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>{count} months</source>
        <translation>{count} 个月</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>一个月</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>{one}; {other}</source>
        <translation>{one}；{other}</translation>
    </message>
    <message>
        <source>all its cells are empty</source>
        <translation>它的所有单元格都是空的</translation>
    </message>
    <message>
        <source>its cells are numbers in {unit}</source>
        <translation>单元格是以{unit}为单位的数字</translation>
    </message>
    <message>
        <source>labels in</source>
        <translation>标签列</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>decimal</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>thousands</source>
        <translation>千位分隔符</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>it has the value {value}, which is no class</source>
        <translation>其中的值 {value} 不是任何类别</translation>
    </message>
    <message>
        <source>every place of it is to be ignored</source>
        <translation>它的每个位置都要忽略</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左边</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右边</translation>
    </message>
    <message>
        <source>its words are the parts of a split</source>
        <translation>其中的词是划分的各部分</translation>
    </message>
    <message>
        <source>each sample may have several of these words</source>
        <translation>每个样本可以有其中的多个词</translation>
    </message>
    <message>
        <source>validation samples</source>
        <translation>验证样本</translation>
    </message>
    <message>
        <source>training samples</source>
        <translation>训练样本</translation>
    </message>
    <message>
        <source>random samples</source>
        <translation>随机样本</translation>
    </message>
    <message>
        <source>it holds Python objects beside tensors, which could do anything when they are read; where it was written, save model.state_dict() instead of the model</source>
        <translation>除张量外还含有 Python 对象，读取时它们可能执行任何操作；请在写出该文件的地方保存 model.state_dict()，而不是整个模型</translation>
    </message>
    <message>
        <source>it is damaged, or no file of safetensors or torch.save</source>
        <translation>文件已损坏，或不是 safetensors 或 torch.save 写出的文件</translation>
    </message>
    <message>
        <source>it holds no tensors by name</source>
        <translation>其中没有带名称的张量</translation>
    </message>
    <message>
        <source>not in it: {names}</source>
        <translation>其中没有：{names}</translation>
    </message>
    <message>
        <source>only in it: {names}</source>
        <translation>仅其中有：{names}</translation>
    </message>
    <message>
        <source>not in it: {names}; only in it: {others}</source>
        <translation>其中没有：{names}；仅其中有：{others}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 以及另外 {count} 个</translation>
    </message>
    <message>
        <source>nothing in it is asked for</source>
        <translation>其中没有所需的内容</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Save Picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>{0} could not be saved.</source>
        <translation>无法保存 {0}。</translation>
    </message>
</context>
<context>
    <name>PicturesView</name>
    <message>
        <source>On the left each original, on the right what “{0}” gives for it.</source>
        <translation>左边是原图，右边是 “{0}” 给出的结果。</translation>
    </message>
    <message>
        <source>What “{0}” gives.</source>
        <translation>“{0}” 给出的图像。</translation>
    </message>
    <message>
        <source>Sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>PlayersEditor</name>
    <message numerus="yes">
        <source>%n optimizer(s)</source>
        <translation>
            <numerusform>%n 个优化器</numerusform>
        </translation>
    </message>
    <message>
        <source>a weighted sum</source>
        <translation>加权求和</translation>
    </message>
    <message>
        <source>An optimizer for each loss</source>
        <translation>每个损失各用一个优化器</translation>
    </message>
    <message>
        <source>On each batch they take their steps in this order.</source>
        <translation>在每个批次上，各方按此顺序依次走一步。</translation>
    </message>
    <message>
        <source>One optimizer moves all weights down the weighted sum of the losses.</source>
        <translation>一个优化器沿各损失的加权和更新全部权重。</translation>
    </message>
    <message>
        <source>Take its step sooner</source>
        <translation>更早走它这一步</translation>
    </message>
    <message>
        <source>Trains what is left, by the optimizer above.</source>
        <translation>用上面的优化器训练其余部分。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Trains</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>The network is empty. Drag a layer onto the canvas to begin.</source>
        <translation>网络是空的。将一个层拖到画布上即可开始。</translation>
    </message>
    <message>
        <source>The network has no Input. Add one so that data can enter.</source>
        <translation>网络没有 Input。请添加一个，让数据能够进入。</translation>
    </message>
    <message>
        <source>The network has no Output. Add one to say what it computes.</source>
        <translation>网络没有 Output。请添加一个，说明网络计算什么。</translation>
    </message>
    <message>
        <source>There is no layer kind called “{kind}” in this version.</source>
        <translation>此版本中没有名为“{kind}”的层类型。</translation>
    </message>
    <message>
        <source>{kind} has no parameter called “{parameter}”.</source>
        <translation>{kind} 没有名为“{parameter}”的参数。</translation>
    </message>
    <message>
        <source>{kind} has no {side} called “{port}”.</source>
        <translation>{kind} 没有名为“{port}”的{side}。</translation>
    </message>
    <message>
        <source>The input “{port}” has no edge. Connect a tensor to it.</source>
        <translation>输入“{port}”没有连线。请给它连接一个张量。</translation>
    </message>
    <message>
        <source>These layers feed each other in a circle: {names}. Remove one of the edges between them.</source>
        <translation>这些层互相连成了环：{names}。请移除它们之间的一条边。</translation>
    </message>
    <message>
        <source>“{name}” cannot be a name in the code: {reason}.</source>
        <translation>“{name}”不能用作代码中的名称：{reason}。</translation>
    </message>
    <message>
        <source>Another node is called “{name}” as well. Names must differ.</source>
        <translation>另一个节点也叫“{name}”。名称不能相同。</translation>
    </message>
    <message>
        <source>Nothing uses what {name} computes.</source>
        <translation>没有任何节点使用 {name} 的计算结果。</translation>
    </message>
    <message>
        <source>{parameter} takes {expected}, not {got}.</source>
        <translation>{parameter} 应为{expected}，而不是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} must be one of {choices}, not {got}.</source>
        <translation>{parameter} 必须是 {choices} 之一，而不是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} must be at least {bound}, not {got}.</source>
        <translation>{parameter} 必须至少为 {bound}，而不是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} must be above {bound}, not {got}.</source>
        <translation>{parameter} 必须大于 {bound}，而不是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} must be at most {bound}, not {got}.</source>
        <translation>{parameter} 最多为 {bound}，而不是 {got}。</translation>
    </message>
    <message>
        <source>output_padding = {got} must be smaller than stride = {stride} or dilation = {dilation}.</source>
        <translation>output_padding = {got} 必须小于 stride = {stride} 或 dilation = {dilation}。</translation>
    </message>
    <message>
        <source>proj_size = {got} must be smaller than hidden_size = {hidden}.</source>
        <translation>proj_size = {got} 必须小于 hidden_size = {hidden}。</translation>
    </message>
    <message>
        <source>padding_idx = {got} is outside the {count} entries of the table.</source>
        <translation>padding_idx = {got} 超出了表中的 {count} 个条目。</translation>
    </message>
    <message>
        <source>max_val = {high} must be above min_val = {low}.</source>
        <translation>max_val = {high} 必须大于 min_val = {low}。</translation>
    </message>
    <message>
        <source>start_dim = {start} must not come after end_dim = {end}.</source>
        <translation>start_dim = {start} 不能在 end_dim = {end} 之后。</translation>
    </message>
    <message>
        <source>{parameter} must name at least one dimension.</source>
        <translation>{parameter} 必须至少指定一个维度。</translation>
    </message>
    <message>
        <source>{parameter} names a dimension twice.</source>
        <translation>{parameter} 重复指定了同一个维度。</translation>
    </message>
    <message>
        <source>{parameter} must name each of the {rank} dimensions once.</source>
        <translation>{parameter} 必须将 {rank} 个维度各指定一次。</translation>
    </message>
    <message>
        <source>{parameter} takes sizes of at least 1, one of which may be −1 for what is left.</source>
        <translation>{parameter} 接受至少为 1 的大小，其中一个可以是 −1，表示剩余的大小。</translation>
    </message>
    <message>
        <source>{parameter} takes 2 to {most} sizes, of at least 1 each.</source>
        <translation>{parameter} 接受 2 到 {most} 个大小，每个至少为 1。</translation>
    </message>
    <message>
        <source>align_corners goes with the modes that interpolate, not with {mode}.</source>
        <translation>align_corners 只用于插值的模式，不能用于 {mode}。</translation>
    </message>
    <message>
        <source>h_0 and c_0 go together, but only one of them is connected.</source>
        <translation>h_0 和 c_0 必须同时连接，但只连接了其中一个。</translation>
    </message>
    <message>
        <source>{kind} takes at least {expected} dimensions, but {shape} has {got}.</source>
        <translation>{kind} 至少需要 {expected} 个维度，但 {shape} 有 {got} 个。</translation>
    </message>
    <message>
        <source>{kind} cannot work this out for any {got}, as {shape} has it. It needs a number there.</source>
        <translation>{kind} 无法对 {shape} 中任意的 {got} 得出结果。那里需要一个具体的数。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} must be {expected}, but is {got}.</source>
        <translation>{shape} 的维度 {dim} 必须是 {expected}，但它是 {got}。</translation>
    </message>
    <message>
        <source>The shape of “{port}” must be {expected}, but is {got}.</source>
        <translation>“{port}”的形状必须是 {expected}，但它是 {got}。</translation>
    </message>
    <message>
        <source>{left} and {right} must agree in all dimensions but the last.</source>
        <translation>{left} 和 {right} 除最后一个维度外必须全部相同。</translation>
    </message>
    <message>
        <source>{what} = {got} must be divisible by {by} = {divisor}.</source>
        <translation>{what} = {got} 必须能被 {by} = {divisor} 整除。</translation>
    </message>
    <message>
        <source>{kind} takes {expected} dimensions ({layout}), but {shape} has {got}.</source>
        <translation>{kind} 需要 {expected} 个维度（{layout}），但 {shape} 有 {got} 个。</translation>
    </message>
    <message>
        <source>{parameter} is set to {pinned}, but the input {shape} has {got} there.</source>
        <translation>{parameter} 固定为 {pinned}，但输入 {shape} 在那里是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} follows from the input, so it needs a number there, but {shape} has {got}.</source>
        <translation>{parameter} 由输入决定，因此那里需要一个具体的数，但 {shape} 中是 {got}。</translation>
    </message>
    <message>
        <source>A kernel that spans {span} is larger than the padded input of {got} in {shape}.</source>
        <translation>跨度为 {span} 的卷积核大于填充后的输入 {got}（{shape}）。</translation>
    </message>
    <message>
        <source>padding = {padding} must be at most half of kernel_size = {kernel_size}.</source>
        <translation>padding = {padding} 最多为 kernel_size = {kernel_size} 的一半。</translation>
    </message>
    <message>
        <source>{parameter} = {got} is not a dimension of {shape}, which are {first} to {last}.</source>
        <translation>{parameter} = {got} 不是 {shape} 的维度，其维度为 {first} 到 {last}。</translation>
    </message>
    <message>
        <source>{parameter} = {got} is outside the dimension of size {size} in {shape}.</source>
        <translation>{parameter} = {got} 超出了 {shape} 中大小为 {size} 的维度。</translation>
    </message>
    <message>
        <source>{left} and {right} do not fit together: dimension {dim} is {a} in one and {b} in the other. They must be equal, or one of them 1.</source>
        <translation>{left} 和 {right} 不匹配：维度 {dim} 一个是 {a}，另一个是 {b}。两者必须相等，或其中一个为 1。</translation>
    </message>
    <message>
        <source>{left} and {right} cannot be joined along dimension {dim}: they differ in dimension {other}, {a} against {b}.</source>
        <translation>{left} 和 {right} 不能沿维度 {dim} 拼接：它们在维度 {other} 上不同，{a} 对 {b}。</translation>
    </message>
    <message>
        <source>{shape} has {elements} elements, which do not fill {target}.</source>
        <translation>{shape} 有 {elements} 个元素，无法填满 {target}。</translation>
    </message>
    <message>
        <source>{left} times {right} does not work: the last dimension of the first, {a}, must equal dimension −2 of the second, {b}.</source>
        <translation>{left} 乘以 {right} 无法进行：第一个的最后一个维度 {a} 必须等于第二个的维度 −2，即 {b}。</translation>
    </message>
    <message>
        <source>The inputs must have the same dtype, but are {a} and {b}.</source>
        <translation>各输入的 dtype 必须相同，但它们是 {a} 和 {b}。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} is {got}, but must be divisible by {divisor}.</source>
        <translation>{shape} 的维度 {dim} 是 {got}，但必须能被 {divisor} 整除。</translation>
    </message>
    <message>
        <source>From {name} no way leads to an Output, so it is computed for nothing.</source>
        <translation>从 {name} 出发到不了任何 Output，所以它白算了。</translation>
    </message>
    <message>
        <source>There is no {symbol} with which the sizes here agree as well as those before. Pad or crop one of them.</source>
        <translation>没有哪个 {symbol} 能让此处的大小与之前的大小同时一致。请填充或裁剪其中一个。</translation>
    </message>
    <message>
        <source>inplace overwrites a tensor that {others} reads as well, before or after. Switch it off.</source>
        <translation>inplace 会覆盖一个 {others} 也要读取的张量，无论先后。请将它关闭。</translation>
    </message>
    <message>
        <source>inplace would overwrite what “{name}” holds. Switch it off.</source>
        <translation>inplace 会覆盖“{name}”所保存的内容。请将它关闭。</translation>
    </message>
    <message>
        <source>inplace cannot overwrite what “{name}” gives: its elements are those of another tensor. Switch it off.</source>
        <translation>inplace 不能覆盖“{name}”给出的内容：它的元素属于另一个张量。请将它关闭。</translation>
    </message>
    <message>
        <source>In {block}: {reason}</source>
        <translation>在 {block} 中：{reason}</translation>
    </message>
    <message>
        <source>In {block}, {node}: {reason}</source>
        <translation>在 {block} 的 {node} 中：{reason}</translation>
    </message>
    <message>
        <source>The project has no block with the id “{block}”.</source>
        <translation>项目中没有标识为“{block}”的模块。</translation>
    </message>
    <message>
        <source>{block} would contain itself. A block can only hold other blocks.</source>
        <translation>{block} 会包含自身。模块只能包含其他模块。</translation>
    </message>
    <message>
        <source>The blocks are nested deeper than {limit} levels.</source>
        <translation>模块的嵌套超过 {limit} 层。</translation>
    </message>
    <message>
        <source>Unfolded, this has more than {limit} layers. Repeat it less.</source>
        <translation>展开后超过 {limit} 层。请减少重复次数。</translation>
    </message>
    <message>
        <source>“{parameter}” cannot be a parameter of a block: {reason}.</source>
        <translation>“{parameter}”不能作为模块的参数：{reason}。</translation>
    </message>
    <message>
        <source>Two parameters of this block are called “{parameter}”.</source>
        <translation>此模块有两个参数都叫“{parameter}”。</translation>
    </message>
    <message>
        <source>Only a block can be repeated. Make a block of {name} first.</source>
        <translation>只有模块可以重复。请先将 {name} 做成模块。</translation>
    </message>
    <message>
        <source>The outputs of a repeated block become its inputs: {inputs} cannot take {outputs}.</source>
        <translation>重复模块的输出会成为它的输入：{inputs} 不能接受 {outputs}。</translation>
    </message>
    <message>
        <source>Repeats side by side are joined to one, so the block must have one output, not {outputs}.</source>
        <translation>并列的重复会合并成一个输出，所以模块必须恰有一个输出，而不是 {outputs}。</translation>
    </message>
    <message>
        <source>Repeats side by side must give the same, but repeat {turn} gives {got} and the first {expected}.</source>
        <translation>并列的重复必须给出相同的形状，但第 {turn} 次给出 {got}，第一次给出 {expected}。</translation>
    </message>
    <message>
        <source>All repeats have the same weights, so each must take what the first takes, {expected}, but repeat {turn} is given {got}.</source>
        <translation>各次重复共用权重，所以每次的输入都必须与第一次相同（{expected}），但第 {turn} 次得到 {got}。</translation>
    </message>
    <message>
        <source>The node whose weights {name} shares is not there any more.</source>
        <translation>{name} 所共享权重的节点已不存在。</translation>
    </message>
    <message>
        <source>{name} cannot share the weights of {other}, which is not of the same kind.</source>
        <translation>{name} 不能共享 {other} 的权重，两者类型不同。</translation>
    </message>
    <message>
        <source>{name} has no weights to share.</source>
        <translation>{name} 没有可共享的权重。</translation>
    </message>
    <message>
        <source>{name} shares the weights of {other}, which would need other sizes here: {sizes}.</source>
        <translation>{name} 共享 {other} 的权重，但在这里需要其他大小：{sizes}。</translation>
    </message>
    <message>
        <source>“{formula}” cannot be read: {got} is not expected there.</source>
        <translation>无法读取“{formula}”：此处不应出现 {got}。</translation>
    </message>
    <message>
        <source>A formula has at most {limit} characters.</source>
        <translation>公式最多 {limit} 个字符。</translation>
    </message>
    <message>
        <source>A formula has at most {limit} parentheses within each other.</source>
        <translation>公式中的括号最多嵌套 {limit} 层。</translation>
    </message>
    <message>
        <source>{formula} gives a number that is too large.</source>
        <translation>{formula} 得到的数过大。</translation>
    </message>
    <message>
        <source>“{name}” is not a parameter of this block. Its parameters: {known}.</source>
        <translation>“{name}”不是此模块的参数。它的参数有：{known}。</translation>
    </message>
    <message>
        <source>{formula} must be {expected}, but is {got}.</source>
        <translation>{formula} 必须是 {expected}，但它是 {got}。</translation>
    </message>
    <message>
        <source>{parameter} of {kind} cannot be a formula. Give it a value.</source>
        <translation>{kind} 的 {parameter} 不能是公式。请给出一个值。</translation>
    </message>
    <message>
        <source>{formula} divides by zero.</source>
        <translation>{formula} 除以了零。</translation>
    </message>
    <message>
        <source>blank = {got} is none of the {classes} classes.</source>
        <translation>blank = {got} 不在 {classes} 个类别之中。</translation>
    </message>
    <message>
        <source>cutoffs must increase, from 1 on and below n_classes = {classes}.</source>
        <translation>cutoffs 必须从 1 起递增，并小于 n_classes = {classes}。</translation>
    </message>
    <message>
        <source>Divided by div_value so often, cluster {index} has no features left.</source>
        <translation>多次除以 div_value 后，第 {index} 个簇已没有特征。</translation>
    </message>
    <message>
        <source>{parametrization} divides the weight of {name} by its size, so it must not begin with zeros.</source>
        <translation>{parametrization} 会用 {name} 的权重除以其大小，因此权重不能初始化为零。</translation>
    </message>
    <message>
        <source>{got} is no norm of a weight: {choices}.</source>
        <translation>{got} 不是权重归一化方法，可选：{choices}。</translation>
    </message>
    <message>
        <source>{parametrization} needs a matrix “weight”, which {name} has not.</source>
        <translation>{parametrization} 需要名为“weight”的矩阵，而 {name} 没有。</translation>
    </message>
    <message>
        <source>{parametrization} divides each row of {name} by its size, but that of padding_idx is 0. Use spectral_norm, or no padding_idx.</source>
        <translation>{parametrization} 会将 {name} 的每一行除以其大小，但 padding_idx 那一行为 0。请改用 spectral_norm，或不设 padding_idx。</translation>
    </message>
    <message>
        <source>{parametrization} does not pass on the gradients of {name} with sparse = True.</source>
        <translation>sparse = True 时，{parametrization} 无法传递 {name} 的梯度。</translation>
    </message>
    <message>
        <source>Give min, max or both: without a bound nothing is cut off.</source>
        <translation>请给出 min、max 或两者：没有界限就不会截断任何值。</translation>
    </message>
    <message>
        <source>min = {low} must not be above max = {high}.</source>
        <translation>min = {low} 不能大于 max = {high}。</translation>
    </message>
    <message>
        <source>{parameter} must not be 0: nothing can be divided by it.</source>
        <translation>{parameter} 不能为 0：任何数都不能除以它。</translation>
    </message>
    <message>
        <source>{parameter} names the size {name}, which no Input of this network has. Known are: {known}.</source>
        <translation>{parameter} 用到了尺寸 {name}，但此网络的输入中没有它。已知的有：{known}。</translation>
    </message>
    <message>
        <source>{parameter} = {got} is the same dimension as {other}.</source>
        <translation>{parameter} = {got} 与 {other} 是同一个维度。</translation>
    </message>
    <message>
        <source>{parameter} takes sizes of at least 1.</source>
        <translation>{parameter} 接受至少为 1 的大小。</translation>
    </message>
    <message>
        <source>{parameter} = {got} is no {dtype}, which holds whole numbers.</source>
        <translation>{parameter} = {got} 不是 {dtype}，它只保存整数。</translation>
    </message>
    <message>
        <source>There is nothing from {start} up to {end}: end must be above start.</source>
        <translation>从 {start} 到 {end} 之前没有任何数：end 必须大于 start。</translation>
    </message>
    <message>
        <source>“{got}” is no equation for {inputs} inputs. Write a letter for each dimension and a comma between inputs, such as nij,njk-&gt;nik.</source>
        <translation>“{got}”不是 {inputs} 个输入的方程。请为每个维度写一个字母，输入之间用逗号，例如 nij,njk-&gt;nik。</translation>
    </message>
    <message>
        <source>The result “{got}” may use each letter of “{known}” once, and no other.</source>
        <translation>结果“{got}”只能使用“{known}”中的字母，且每个一次。</translation>
    </message>
    <message>
        <source>The letter {letter} stands for {a}, but {shape} has {b} there. It must be the same.</source>
        <translation>字母 {letter} 表示 {a}，但 {shape} 在那里是 {b}。两者必须相同。</translation>
    </message>
    <message>
        <source>is_causal goes without “attn_mask”: it is a mask of its own.</source>
        <translation>is_causal 不能与“attn_mask”同用：它本身就是一个掩码。</translation>
    </message>
    <message>
        <source>{parameter} needs a size for each of the {rank} dimensions of {shape}: at least 1, or −1 where it stays. New dimensions come first and need a size.</source>
        <translation>{parameter} 需要为 {shape} 的 {rank} 个维度各给一个大小：至少为 1，或用 −1 表示保持不变。新维度在前，并需要大小。</translation>
    </message>
    <message>
        <source>{parameter} needs a number of at least 1 for each of the {rank} dimensions.</source>
        <translation>{parameter} 需要为 {rank} 个维度各给一个至少为 1 的数。</translation>
    </message>
    <message>
        <source>{parameter} has {got} entries, but {other} has {expected}. It takes one for each.</source>
        <translation>{parameter} 有 {got} 项，但 {other} 有 {expected} 项。两者应一一对应。</translation>
    </message>
    <message>
        <source>{parameter} takes two numbers for each padded dimension, of at most {rank} dimensions, but has {got}.</source>
        <translation>{parameter} 为每个填充的维度接受两个数，最多 {rank} 个维度，但给了 {got} 个数。</translation>
    </message>
    <message>
        <source>{parameter} goes with mode = constant, not with {mode}.</source>
        <translation>{parameter} 只用于 mode = constant，不能用于 {mode}。</translation>
    </message>
    <message>
        <source>mode = {mode} only adds elements, so {parameter} cannot be {got}.</source>
        <translation>mode = {mode} 只能添加元素，因此 {parameter} 不能是 {got}。</translation>
    </message>
    <message>
        <source>mode = {mode} takes 1 or 2 dimensions more than the {dims} padded ones, at most 3 of them, but the input has {rank}.</source>
        <translation>mode = {mode} 要求输入比填充的 {dims} 个维度多 1 或 2 个维度，填充的最多 3 个，但输入有 {rank} 个。</translation>
    </message>
    <message>
        <source>{parameter} needs {rank} sizes of at least 1, those of {shape} without batch and channels.</source>
        <translation>{parameter} 需要 {rank} 个至少为 1 的大小，即 {shape} 除批次和通道外的各维。</translation>
    </message>
    <message>
        <source>Indices in one row need “offsets” to say where each bag begins. Connect them, or give one row for each bag.</source>
        <translation>排成一行的索引需要“offsets”说明每个袋从哪里开始。请连接它，或让每个袋各占一行。</translation>
    </message>
    <message>
        <source>“offsets” go with indices in one row, but {shape} has one row for each bag.</source>
        <translation>“offsets”用于排成一行的索引，但 {shape} 中每个袋各占一行。</translation>
    </message>
    <message>
        <source>“per_sample_weights” go with mode = sum, not with {mode}.</source>
        <translation>“per_sample_weights”只用于 mode = sum，不能用于 {mode}。</translation>
    </message>
    <message>
        <source>mode = max does not go with {parameter}.</source>
        <translation>mode = max 不能与 {parameter} 一起使用。</translation>
    </message>
    <message>
        <source>A kernel that spans {span} is larger than the padded output_size of {got}.</source>
        <translation>跨度为 {span} 的卷积核大于填充后的 output_size {got}。</translation>
    </message>
    <message>
        <source>Dimension {dim} would become {got}. It must be at least 1.</source>
        <translation>维度 {dim} 会变成 {got}。它必须至少为 1。</translation>
    </message>
    <message>
        <source>{kind} fills the padding from the input, so padding = {padding} must be at most {limit} for dimension {dim} of {shape}.</source>
        <translation>{kind} 用输入来填充，因此对于 {shape} 的维度 {dim}，padding = {padding} 最多为 {limit}。</translation>
    </message>
    <message>
        <source>{size} windows of kernel_size = {kernel_size} need more than the {got} in {shape}.</source>
        <translation>{size} 个 kernel_size = {kernel_size} 的窗口需要的大小超过 {shape} 中的 {got}。</translation>
    </message>
    <message>
        <source>Exactly one of output_size and output_ratio must be given.</source>
        <translation>output_size 和 output_ratio 必须恰好给出一个。</translation>
    </message>
    <message>
        <source>output_size = {got} for dimension {dim} must be above {low} and below {high}, from which the pooling would have come.</source>
        <translation>维度 {dim} 的 output_size = {got} 必须大于 {low} 且小于 {high}，池化才可能由此而来。</translation>
    </message>
    <message>
        <source>lower = {low} must not be above upper = {high}.</source>
        <translation>lower = {low} 不能大于 upper = {high}。</translation>
    </message>
    <message>
        <source>padding_mode = {mode} fills the padding from the input, so padding = {padding} must be at most {limit} for dimension {dim} of {shape}.</source>
        <translation>padding_mode = {mode} 用输入来填充，因此对于 {shape} 的维度 {dim}，padding = {padding} 最多为 {limit}。</translation>
    </message>
    <message>
        <source>{kind} needs a dimension to work along, but its input is a single number.</source>
        <translation>{kind} 需要沿一个维度工作，但它的输入只是一个数。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} is {got} and cannot become {wanted}: only a size of 1 can be repeated.</source>
        <translation>{shape} 的维度 {dim} 是 {got}，不能变成 {wanted}：只有大小 1 才能重复。</translation>
    </message>
    <message>
        <source>The pieces add up to {got}, but dimension {dim} of {shape} is {size}.</source>
        <translation>各段之和为 {got}，但 {shape} 的维度 {dim} 是 {size}。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} cannot be parted into {got} equal pieces, but into {made}.</source>
        <translation>{shape} 的维度 {dim} 不能等分成 {got} 段，但可以分成 {made} 段。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} has {size} elements, so there are as many outputs, not {got}.</source>
        <translation>{shape} 的维度 {dim} 有 {size} 个元素，因此输出也是这么多，而不是 {got} 个。</translation>
    </message>
    <message>
        <source>Dimension {dim} of the indices {shape} is {got}, which must be at most the {limit} of {other}.</source>
        <translation>索引 {shape} 的维度 {dim} 是 {got}，最多为 {other} 的 {limit}。</translation>
    </message>
    <message>
        <source>k = {got} is more than the {size} elements along that dimension of {shape}.</source>
        <translation>k = {got} 超过了 {shape} 沿该维度的 {size} 个元素。</translation>
    </message>
    <message>
        <source>mode = {mode} fills the padding from the input, so it must be at most {limit} for dimension {dim} of {shape}, not {got}.</source>
        <translation>mode = {mode} 用输入来填充，因此对于 {shape} 的维度 {dim} 最多为 {limit}，而不是 {got}。</translation>
    </message>
    <message>
        <source>{kind} takes real numbers (float32), but “{port}” is {got}.</source>
        <translation>{kind} 接受实数（float32），但“{port}”是 {got}。</translation>
    </message>
    <message>
        <source>The weights of {kind} are float32, but “{port}” is {got}.</source>
        <translation>{kind} 的权重是 float32，但“{port}”是 {got}。</translation>
    </message>
    <message>
        <source>{kind} takes numbers, but “{port}” holds truth values (bool).</source>
        <translation>{kind} 接受数值，但“{port}”包含的是真值（bool）。</translation>
    </message>
    <message>
        <source>{kind} takes whole-number indices (int64), but “{port}” is {got}.</source>
        <translation>{kind} 接受整数索引（int64），但“{port}”是 {got}。</translation>
    </message>
    <message>
        <source>{kind} takes whole numbers (int64), but “{port}” is {got}.</source>
        <translation>{kind} 接受整数（int64），但“{port}”是 {got}。</translation>
    </message>
    <message>
        <source>“{port}” takes truth values (bool), but is {got}.</source>
        <translation>“{port}”接受真值（bool），但它是 {got}。</translation>
    </message>
    <message>
        <source>Each channel of {shape} has a single value, so there is nothing to normalise over.</source>
        <translation>{shape} 的每个通道只有一个值，因此无从归一化。</translation>
    </message>
    <message>
        <source>{shape} has {count} to take the variance of, and correction = {correction} leaves nothing to divide by.</source>
        <translation>{shape} 有 {count} 个数求方差，而 correction = {correction} 使除数为零。</translation>
    </message>
    <message>
        <source>Each group of {shape} has a single value, so there is nothing to normalise over.</source>
        <translation>{shape} 的每个组只有一个值，因此无从归一化。</translation>
    </message>
    <message>
        <source>dropout acts between layers, so with num_layers = 1 it does nothing.</source>
        <translation>dropout 作用于层与层之间，所以当 num_layers = 1 时它不起作用。</translation>
    </message>
    <message>
        <source>Linear works along the last dimension of {shape} alone. Flatten it first to use all of it.</source>
        <translation>Linear 只作用于 {shape} 的最后一个维度。要使用全部内容，请先展平。</translation>
    </message>
    <message>
        <source>{left} and {right} both grow, to {result}: every element of one meets every one of the other. If that is not meant, give them the same shape.</source>
        <translation>{left} 与 {right} 都扩展成 {result}：一个的每个元素都与另一个的每个元素相遇。如果这不是本意，请让它们形状相同。</translation>
    </message>
    <message>
        <source>{left} and {right} combine every {dim} with every other {dim}, giving {result}. If that is not meant, give both the same number of dimensions.</source>
        <translation>{left} 和 {right} 会把每个 {dim} 与其他每个 {dim} 组合，得到 {result}。如果这不是你的本意，请让两者的维度数相同。</translation>
    </message>
    <message>
        <source>Line {line} is not Python: {reason}.</source>
        <translation>第 {line} 行不是 Python：{reason}。</translation>
    </message>
    <message>
        <source>The text of a custom layer has at most {limit} characters.</source>
        <translation>自定义层的文本最多 {limit} 个字符。</translation>
    </message>
    <message>
        <source>The text is nested too deeply to be read.</source>
        <translation>文本嵌套过深，无法读取。</translation>
    </message>
    <message>
        <source>The text holds no class and no function. The last of them is the layer.</source>
        <translation>文本中没有类，也没有函数。最后一个类或函数就是这个层。</translation>
    </message>
    <message>
        <source>Line {line}: here, only imports, constants, functions and classes can stand, each on lines of its own.</source>
        <translation>第 {line} 行：这里只能写导入、常量、函数和类，且各占自己的行。</translation>
    </message>
    <message>
        <source>Line {line}: {got} cannot be exported. Import by full names.</source>
        <translation>第 {line} 行：{got} 无法导出。请用完整名称导入。</translation>
    </message>
    <message>
        <source>Line {line}: “{name}” means something else in the exported file. Choose another name.</source>
        <translation>第 {line} 行：“{name}”在导出的文件中另有含义。请换个名称。</translation>
    </message>
    <message>
        <source>Line {line}: {name} must derive from nn.Module.</source>
        <translation>第 {line} 行：{name} 必须继承 nn.Module。</translation>
    </message>
    <message>
        <source>Line {line}: {name} is a torch.autograd.Function. Write a function below it that returns {name}.apply(…): that is the layer.</source>
        <translation>第 {line} 行：{name} 是 torch.autograd.Function。请在它下面写一个返回 {name}.apply(…) 的函数：那才是层。</translation>
    </message>
    <message>
        <source>Line {line}: {name} has no {method}.</source>
        <translation>第 {line} 行：{name} 没有 {method}。</translation>
    </message>
    <message>
        <source>Line {line}: name every argument. What *, ** and / take has no port.</source>
        <translation>第 {line} 行：请为每个参数命名。*、** 和 / 接收的内容没有端口。</translation>
    </message>
    <message>
        <source>Line {line}: give {parameter} a default, which the layer has when it is put down.</source>
        <translation>第 {line} 行：请给 {parameter} 一个默认值，层放到画布上时就用它。</translation>
    </message>
    <message>
        <source>Line {line}: the default of {parameter} must be a number, a text, True, False, or a tuple of whole numbers.</source>
        <translation>第 {line} 行：{parameter} 的默认值必须是数、文本、True、False 或整数元组。</translation>
    </message>
    <message>
        <source>Line {line}: {parameter} can be an int, float, bool, str, tuple[int, ...] or Literal, each also | None.</source>
        <translation>第 {line} 行：{parameter} 可以是 int、float、bool、str、tuple[int, ...] 或 Literal，也都可为 None。</translation>
    </message>
    <message>
        <source>Line {line}: {name} takes two things called “{parameter}”.</source>
        <translation>第 {line} 行：{name} 有两个叫“{parameter}”的参数。</translation>
    </message>
    <message>
        <source>Line {line}: {name} returns nothing.</source>
        <translation>第 {line} 行：{name} 没有返回值。</translation>
    </message>
    <message>
        <source>Line {line}: {got} tensors are returned here, but {expected} elsewhere.</source>
        <translation>第 {line} 行：这里返回 {got} 个张量，别处却是 {expected} 个。</translation>
    </message>
    <message>
        <source>The project has no custom layer with the id “{id}”.</source>
        <translation>项目中没有标识为“{id}”的自定义层。</translation>
    </message>
    <message>
        <source>“{name}” is defined by the custom layer {layer} as well. Rename one of the two.</source>
        <translation>自定义层 {layer} 也定义了“{name}”。请重命名其中一个。</translation>
    </message>
    <message>
        <source>{name} is Python text that did not run on this machine yet. Read it, then allow it.</source>
        <translation>{name} 是尚未在这台机器上运行过的 Python 文本。请先阅读，再允许。</translation>
    </message>
    <message>
        <source>{name} is being tried out…</source>
        <translation>正在试运行 {name}……</translation>
    </message>
    <message>
        <source>{name}, line {line}: {reason}</source>
        <translation>{name}，第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}：{reason}</translation>
    </message>
    <message>
        <source>{name}, going backward in line {line}: {reason}</source>
        <translation>{name}，反向传播到第 {line} 行时：{reason}</translation>
    </message>
    <message>
        <source>{name} was stopped after {limit} seconds.</source>
        <translation>{name} 运行超过 {limit} 秒，已停止。</translation>
    </message>
    <message>
        <source>{name}, line {line}: stopped after {limit} seconds.</source>
        <translation>{name} 第 {line} 行：{limit} 秒后已停止。</translation>
    </message>
    <message>
        <source>{name} ended the process in which it was tried: {reason}.</source>
        <translation>{name} 使试运行的进程终止了：{reason}。</translation>
    </message>
    <message>
        <source>{name}, line {line}, ended the process in which it was tried: {reason}.</source>
        <translation>{name} 第 {line} 行使试运行它的进程结束了：{reason}。</translation>
    </message>
    <message>
        <source>{name} must return tensors, but returned {got}.</source>
        <translation>{name} 必须返回张量，却返回了 {got}。</translation>
    </message>
    <message>
        <source>{name} makes a {module}, whose size only its first input tells. Make one of a given size.</source>
        <translation>{name} 创建了 {module}，其大小要到第一次输入才知道。请创建大小确定的模块。</translation>
    </message>
    <message>
        <source>{name} returned a tensor of the unknown dtype {got}.</source>
        <translation>{name} 返回的张量类型 {got} 未知。</translation>
    </message>
    <message>
        <source>{name} returned {got} tensors, but its text shows {expected}.</source>
        <translation>{name} 返回了 {got} 个张量，但文本中是 {expected} 个。</translation>
    </message>
    <message>
        <source>The size of what {name} returns depends on the numbers that come in. It must follow from their sizes.</source>
        <translation>{name} 返回值的尺寸取决于输入的数值。它必须由输入的尺寸决定。</translation>
    </message>
    <message>
        <source>How the output of {name} follows from {sizes} cannot be told. Give them numbers.</source>
        <translation>看不出 {name} 的输出如何由 {sizes} 决定。请给它们具体的数。</translation>
    </message>
    <message>
        <source>{kind} follows {before} with no activation between them. Two linear steps in a row can do no more than one.</source>
        <translation>{kind} 紧接 {before}，中间没有激活函数。连续两步线性运算不比一步更强。</translation>
    </message>
    <message>
        <source>The bias of {name} has no effect: {norm} subtracts the mean, and the bias with it.</source>
        <translation>{name} 的 bias 不起作用：{norm} 减去均值时把它也减掉了。</translation>
    </message>
    <message>
        <source>{norm} learns the statistics of what {name} has thinned out, which are others when nothing is dropped. Put the dropout behind it.</source>
        <translation>{norm} 学到的是经 {name} 丢弃后的统计量，不丢弃时就不同了。请把 Dropout 放到它后面。</translation>
    </message>
    <message>
        <source>{kind} follows {before}, another activation. One of them is enough.</source>
        <translation>{kind} 紧接另一个激活函数 {before}。一个就够了。</translation>
    </message>
    <message>
        <source>{before} limits the scores before {kind} turns them into probabilities. Give it the raw scores.</source>
        <translation>{kind} 把得分变成概率之前，{before} 已限制了得分。请直接给它原始得分。</translation>
    </message>
    <message>
        <source>{kind} follows {before}, which has made probabilities already. Twice makes them almost equal.</source>
        <translation>{kind} 紧接 {before}，而后者已给出概率。做两次会使概率几乎相等。</translation>
    </message>
    <message>
        <source>{name} drops a share of the results themselves. Dropout belongs before the last layer.</source>
        <translation>{name} 丢弃的是结果本身的一部分。Dropout 应放在最后一层之前。</translation>
    </message>
    <message>
        <source>This takes the first step of {before}, which has read one element only. The last step, index −1, has read them all.</source>
        <translation>这里取的是 {before} 的第一步，它只读过一个元素。最后一步（索引 −1）读过全部元素。</translation>
    </message>
    <message>
        <source>{kind} works along the batch of {shape}, so that samples compete with each other. Let dim be that of the classes.</source>
        <translation>{kind} 沿 {shape} 的批维度计算，样本之间会互相竞争。请把 dim 设为类别所在的维。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} has a single element, for which {kind} always gives {result}.</source>
        <translation>{shape} 的第 {dim} 维只有一个元素，{kind} 对它总是给出 {result}。</translation>
    </message>
    <message>
        <source>{kind} normalises single elements of {shape}, so it gives the same for every input.</source>
        <translation>{kind} 对 {shape} 的单个元素做归一化，所以任何输入都得到同样的结果。</translation>
    </message>
    <message>
        <source>With p = 1 everything is dropped, and nothing can be learned.</source>
        <translation>p = 1 时全部被丢弃，什么也学不到。</translation>
    </message>
    <message>
        <source>start_dim = {start} merges the samples of a batch into one. Keep dimension 0: start_dim = 1.</source>
        <translation>start_dim = {start} 会把一批样本合成一个。请保留第 0 维：start_dim = 1。</translation>
    </message>
    <message>
        <source>With batch_first = {got}, {kind} takes {layout}, but the batch {batch} of {shape} is in another place: it would read the samples as the steps of a sequence.</source>
        <translation>batch_first = {got} 时 {kind} 接收 {layout}，但 {shape} 的批 {batch} 在另一位置：样本会被当成序列的步来读。</translation>
    </message>
    <message>
        <source>The sequence {shape} has a single step, so {kind} has nothing to remember. Are steps and features swapped?</source>
        <translation>序列 {shape} 只有一步，{kind} 没有什么可记。步与特征是否颠倒了？</translation>
    </message>
    <message>
        <source>{kind} takes the channels first, {layout}, so it reads {shape} as an image of {got} channels. Are the {channels} at the end the channels?</source>
        <translation>{kind} 的通道在前（{layout}），所以把 {shape} 当作 {got} 个通道的图像。末尾的 {channels} 才是通道吗？</translation>
    </message>
    <message>
        <source>The image {shape} is a single pixel, so all but the middle of a kernel of {span} sees nothing but padding.</source>
        <translation>图像 {shape} 只有一个像素，宽 {span} 的卷积核除中心外只看到填充。</translation>
    </message>
    <message>
        <source>A stride of {stride} is larger than the {span} that the kernel spans, so what lies between is never looked at.</source>
        <translation>步幅 {stride} 大于卷积核的跨度 {span}，其间的内容永远看不到。</translation>
    </message>
    <message>
        <source>A kernel of {kernel} spread with stride {stride} overlaps unevenly, which shows as a checkerboard. A kernel of {better} gives the same size evenly.</source>
        <translation>大小 {kernel} 的核以步幅 {stride} 展开时重叠不均，会出现棋盘格。大小 {better} 的核能均匀地得到同样尺寸。</translation>
    </message>
    <message>
        <source>{name} has {count} weights, since it reads every pixel of {shape}. Pooling before it needs far fewer.</source>
        <translation>{name} 有 {count} 个权重，因为它读取 {shape} 的每个像素。先做池化会少得多。</translation>
    </message>
    <message>
        <source>There is no {place} called “{kind}”. Choose one of: {choices}.</source>
        <translation>没有名为“{kind}”的{place}。请从中选择：{choices}。</translation>
    </message>
    <message>
        <source>The data has no array called “{array}”. It has: {choices}.</source>
        <translation>数据中没有名为“{array}”的数组。现有：{choices}。</translation>
    </message>
    <message>
        <source>“{got}” is no range such as “1e-5..1e-1 log”, “0..0.5” or “16..256”: its first number has to be the smaller one, and above 0 where it is logarithmic.</source>
        <translation>“{got}” 不是 “1e-5..1e-1 log”、“0..0.5” 或 “16..256” 这样的区间：第一个数必须较小，对数区间还必须大于 0。</translation>
    </message>
    <message>
        <source>{path}: reading it ended in a fault of Layerweft’s own ({reason}). Choose another way to read it, or save it in another form; and please report this.</source>
        <translation>{path}：读取时 Layerweft 自身出错（{reason}）。请换一种读取方式，或另存为其他格式；并请报告此问题。</translation>
    </message>
    <message>
        <source>{folder} holds another run, which stays as it is.</source>
        <translation>{folder} 中已有另一次运行，将保持原样。</translation>
    </message>
    <message>
        <source>There is no experiment to go on with in {path}: {reason}.</source>
        <translation>{path} 中没有可以继续的实验：{reason}。</translation>
    </message>
    <message>
        <source>The experiment cannot be kept in {path}: {reason}.</source>
        <translation>无法把实验保存在 {path}：{reason}。</translation>
    </message>
    <message>
        <source>The experiment in {folder} is under way already, in another program.</source>
        <translation>{folder} 中的实验已在另一个程序中进行。</translation>
    </message>
    <message>
        <source>{path} is a workbook in a form that is not read. Save it once as .xlsx or as CSV.</source>
        <translation>{path} 是一种无法读取的工作簿格式。请另存为 .xlsx 或 CSV。</translation>
    </message>
    <message>
        <source>{path} stands for a file that Git LFS has not fetched. Fetch it first: git lfs pull.</source>
        <translation>{path} 只是一个 Git LFS 尚未取回的文件的占位符。请先取回：git lfs pull。</translation>
    </message>
    <message>
        <source>{path} is a page of the web and no table, as comes of a download that went wrong. Open it in a browser to see what it says, then download the data again.</source>
        <translation>{path} 是网页而不是表格，通常是下载出错的结果。请用浏览器打开查看内容，然后重新下载数据。</translation>
    </message>
    <message>
        <source>{path}: as what is to be predicted, “{column}” has {count} different words in {rows} rows, so that hardly any is there twice. Should another column be the target?</source>
        <translation>{path}：作为预测目标，“{column}”在 {rows} 行中有 {count} 个不同的词，几乎没有一个出现两次。是否应以另一列作为目标？</translation>
    </message>
    <message>
        <source>{path}: the columns {columns} tell a moment together. They are read as one, “{column}”.</source>
        <translation>{path}：{columns} 这几列共同表示一个时刻，被当作一列“{column}”读取。</translation>
    </message>
    <message>
        <source>No samples are left for the {split} split of {samples} samples. Change the fractions.</source>
        <translation>{samples} 个样本中没有留给{split}的。请更改比例。</translation>
    </message>
    <message>
        <source>These data are not split already. Choose another way, or tell which column or arrays say what trains and what tests.</source>
        <translation>这些数据没有自带的划分。请选择另一种方式，或指明哪一列或哪些数组说明哪些用于训练、哪些用于测试。</translation>
    </message>
    <message>
        <source>No column says which samples belong together. Give one the role “group”, or split in another way.</source>
        <translation>没有哪一列说明哪些样本属于一组。请把某一列的用途设为“分组”，或换一种划分方式。</translation>
    </message>
    <message>
        <source>There are {groups} groups, but each split needs at least one: {needed} in all.</source>
        <translation>只有 {groups} 个组，但每个部分至少需要一个：共需 {needed} 个。</translation>
    </message>
    <message>
        <source>Samples can be spread by one value each, but {array} has the shape {shape}.</source>
        <translation>只能按每个样本的一个值来均匀分布，而 {array} 的形状是 {shape}。</translation>
    </message>
    <message>
        <source>There is no fold {fold}: there are {folds}, from 1 on.</source>
        <translation>没有第 {fold} 折：一共 {folds} 折，从 1 开始。</translation>
    </message>
    <message>
        <source>{samples} samples cannot be put into {folds} folds.</source>
        <translation>{samples} 个样本无法分成 {folds} 折。</translation>
    </message>
    <message>
        <source>Of some classes there is one sample alone, which either trains or tests: {classes}.</source>
        <translation>有些类别只有一个样本，它要么用于训练，要么用于测试：{classes}。</translation>
    </message>
    <message>
        <source>“{transform}” is for {takes}, but what takes the features is {got}.</source>
        <translation>“{transform}”适用于{takes}，而接收特征的是 {got}。</translation>
    </message>
    <message>
        <source>“{transform}” changes the features, but no Input takes them.</source>
        <translation>“{transform}”改变特征，但没有 Input 接收它们。</translation>
    </message>
    <message>
        <source>“{transform}” mixes targets, and the loss “{loss}” of {name} cannot be held against a mixture. Cross entropy without weights can, and so can losses of one number each.</source>
        <translation>“{transform}”会混合目标，而 {name} 的损失“{loss}”不能与混合的目标比较。不加权的交叉熵可以，每个样本一个数值的损失也可以。</translation>
    </message>
    <message>
        <source>“{transform}” mixes targets, which cannot be done where several players train.</source>
        <translation>“{transform}”会混合目标，在多个玩家分别训练时做不到。</translation>
    </message>
    <message>
        <source>The smallest rectangle of “{transform}” is larger than the largest.</source>
        <translation>“{transform}”的最小矩形比最大矩形还大。</translation>
    </message>
    <message>
        <source>The border of “{transform}” mirrors the picture, so it has to be narrower than {size} pixels.</source>
        <translation>“{transform}”的边框是图片的镜像，因此必须窄于 {size} 像素。</translation>
    </message>
    <message>
        <source>“{transform}” is said twice: one of them counts alone.</source>
        <translation>“{transform}”写了两次：只有一个有效。</translation>
    </message>
    <message>
        <source>The learning rate lr, {lr}, changes nothing: “{schedule}” has rates of its own, {max_lr} at the top. Change max_lr, or keep the rate constant.</source>
        <translation>学习率 lr 为 {lr}，但它不起作用：“{schedule}”有自己的学习率，最高为 {max_lr}。请修改 max_lr，或让学习率保持恒定。</translation>
    </message>
    <message>
        <source>Every output has weight 0, so there is nothing to train for.</source>
        <translation>所有输出的权重都是 0，因此没有可训练的目标。</translation>
    </message>
    <message>
        <source>“{option}” needs the weights whole, of which each process has a part with FSDP2. Leave it out, or choose DDP.</source>
        <translation>“{option}”需要完整的权重，而使用 FSDP2 时每个进程只有其中一部分。请去掉它，或选择 DDP。</translation>
    </message>
    <message>
        <source>{optimizer} needs the weights whole, of which each process has a part with FSDP2. Choose another optimizer, or DDP.</source>
        <translation>{optimizer} 需要完整的权重，而使用 FSDP2 时每个进程只有其中一部分。请选择其他优化器，或选择 DDP。</translation>
    </message>
    <message>
        <source>The weights of every layer are frozen, so there is nothing to train. Let at least one layer be trained.</source>
        <translation>所有层的权重都被冻结，没有可训练的内容。请至少让一层参与训练。</translation>
    </message>
    <message>
        <source>{path} is no run: it needs a folder with events.jsonl, such a file, or a folder with logs of TensorBoard (events.out.tfevents…).</source>
        <translation>{path} 不是一次运行：需要含 events.jsonl 的文件夹、该文件本身，或含 TensorBoard 日志（events.out.tfevents…）的文件夹。</translation>
    </message>
    <message>
        <source>Logs of TensorBoard are written and read by tensorboardX, which is not installed: pip install tensorboardX.</source>
        <translation>TensorBoard 日志由 tensorboardX 读写，但尚未安装：pip install tensorboardX。</translation>
    </message>
    <message>
        <source>Values are proposed by optuna, which is not installed: pip install optuna.</source>
        <translation>取值由 optuna 提出，但它没有安装：pip install optuna。</translation>
    </message>
    <message>
        <source>Each output that is trained is itself a loss, so there are no predictions to show.</source>
        <translation>每个被训练的输出本身就是损失，所以没有预测可显示。</translation>
    </message>
    <message>
        <source>“{node}” takes {got}, but the data “{array}” is {expected}.</source>
        <translation>“{node}”接受 {got}，但数据“{array}”是 {expected}。</translation>
    </message>
    <message>
        <source>“{node}” gets {got} from the data “{array}”, but the network needs: {needed}.</source>
        <translation>“{node}”从数据“{array}”得到 {got}，但网络要求：{needed}。</translation>
    </message>
    <message>
        <source>The data hold indices up to {index}, but the entries of {name} end at {last}.</source>
        <translation>数据中的索引最大为 {index}，但 {name} 的条目只到 {last}。</translation>
    </message>
    <message>
        <source>With batch_size = 1 each channel of {name} has a single value, so there is nothing to normalise over. Use a larger batch.</source>
        <translation>batch_size = 1 时 {name} 的每个通道只有一个值，无从归一化。请用更大的批。</translation>
    </message>
    <message>
        <source>A loss needs real numbers (float32), but this output is {got}.</source>
        <translation>损失需要实数（float32），但这个输出是 {got}。</translation>
    </message>
    <message>
        <source>{loss} needs {expected} for the target “{array}”, but “{node}” gives {got}.</source>
        <translation>对于目标“{array}”，{loss} 需要 {expected}，但“{node}”给出 {got}。</translation>
    </message>
    <message>
        <source>{loss} needs classes as its target, but “{array}” holds numbers. Choose another loss, such as MSELoss.</source>
        <translation>{loss} 的目标应为类别，但“{array}”是数值。请选择其他损失，例如 MSELoss。</translation>
    </message>
    <message>
        <source>{loss} needs a target of two classes, but “{array}” has {classes}. Choose CrossEntropyLoss.</source>
        <translation>{loss} 的目标应为两个类别，但“{array}”有 {classes} 个。请选择 CrossEntropyLoss。</translation>
    </message>
    <message>
        <source>{loss} needs numbers as its target, but “{array}” holds {classes} classes. Choose CrossEntropyLoss.</source>
        <translation>{loss} 的目标应为数值，但“{array}”有 {classes} 个类别。请选择 CrossEntropyLoss。</translation>
    </message>
    <message>
        <source>{loss} expects {expects}, but the output comes from {kind}.</source>
        <translation>{loss} 需要{expects}，但输出来自 {kind}。</translation>
    </message>
    <message>
        <source>The run needs about {needed}, more than 80 % of the {free} that are free on {device}. A batch of at most {batch} samples would fit.</source>
        <translation>运行约需 {needed}，超过 {device} 上空闲的 {free} 的 80 %。每批至多 {batch} 个样本才放得下。</translation>
    </message>
    <message>
        <source>Choose the {what} to read.</source>
        <translation>请选择要读取的{what}。</translation>
    </message>
    <message>
        <source>{path}: there is no such {what}.</source>
        <translation>{path}：没有这样的{what}。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} has {got} of text; at most {limit} are read.</source>
        <translation>{path} 有 {got} 文本；最多读取 {limit}。</translation>
    </message>
    <message>
        <source>{path} is no text: it has bytes that stand for no letters.</source>
        <translation>{path} 不是文本：其中有不代表任何字符的字节。</translation>
    </message>
    <message>
        <source>{path}: the text gives {got} pieces of {length} tokens, but at least 10 are needed. Choose a smaller length.</source>
        <translation>{path}：文本只能切成 {got} 段、每段 {length} 个词元，但至少需要 10 段。请选择更小的长度。</translation>
    </message>
    <message>
        <source>{path}: {got} files, but at most {limit} are read.</source>
        <translation>{path}：有 {got} 个文件，但最多读取 {limit} 个。</translation>
    </message>
    <message>
        <source>Sample {sample} of “{array}” has {got} at {place}, so that the loss of step {step} is no number. Leave it out, or fill it in.</source>
        <translation>“{array}”的第 {sample} 个样本在 {place} 处是 {got}，所以第 {step} 步的损失不是数。请去掉它，或把它填上。</translation>
    </message>
    <message>
        <source>What {name} is given in step {step} is not finite already: the data have such values. Leave them out, or fill them in.</source>
        <translation>第 {step} 步给 {name} 的数已经不是有限的：数据里有这样的值。请去掉它们，或把它们填上。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: it takes the logarithm of numbers from {least} to {greatest}. Below 0 there is none, and of 0 it is −∞. Keep them above 0.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它对 {least} 到 {greatest} 的数取对数。负数没有对数，0 的对数是 −∞。请让它们保持大于 0。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: it takes the root of numbers from {least} to {greatest}. Below 0 there is none, and one over that of 0 is ∞. Keep them above 0.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它对 {least} 到 {greatest} 的数开方。负数不能开方，0 的方根的倒数是 ∞。请让它们保持大于 0。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: it divides by 0, or by nearly 0. Keep the divisor away from 0.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它除以了 0 或几乎是 0 的数。请让除数远离 0。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: numbers from {least} to {greatest} are too large for it. Keep them smaller.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：{least} 到 {greatest} 的数对它来说太大。请让它们小一些。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: it takes numbers from {least} to {greatest}, but is known from −1 to 1 only.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它得到 {least} 到 {greatest} 的数，但只在 −1 到 1 上有定义。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: in some row of what it takes each entry is −∞, as where a mask hides all of it.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它得到的某一行里每个元素都是 −∞，比如掩码把整行都遮住了。</translation>
    </message>
    <message>
        <source>{name} is the first to give {got}, in step {step}: it takes numbers from {least} to {greatest}, all of which are finite.</source>
        <translation>第 {step} 步最先给出 {got} 的是 {name}：它得到 {least} 到 {greatest} 的数，都是有限的。</translation>
    </message>
    <message>
        <source>The loss itself is the first to be {got}, in step {step}: it takes numbers from {least} to {greatest}, all of which are finite.</source>
        <translation>第 {step} 步最先成为 {got} 的是损失本身：它得到 {least} 到 {greatest} 的数，都是有限的。</translation>
    </message>
    <message>
        <source>On the way back {name} is the first to make a gradient that is not finite, in step {step}: it took numbers from {least} to {greatest}. The slope of a root at 0 is infinite, for one. Keep what it takes away from there.</source>
        <translation>第 {step} 步反向传播时，最先产生非有限梯度的是 {name}：它得到 {least} 到 {greatest} 的数。例如方根在 0 处的斜率是无穷大。请让它得到的数远离那里。</translation>
    </message>
    <message>
        <source>A weight of {name}, “{weight}”, was not finite before step {step}: what the run began with has such values, or an earlier step made them.</source>
        <translation>{name} 的权重“{weight}”在第 {step} 步之前就不是有限的：训练开始时的权重里有这样的值，或者是更早的一步造成的。</translation>
    </message>
    <message>
        <source>The step before step {step} made a weight of {name}, “{weight}”, infinite, though its gradient was finite: the step was too long. Choose a lower learning rate.</source>
        <translation>第 {step} 步的前一步把 {name} 的权重“{weight}”变成了无穷大，尽管梯度是有限的：步子太大了。请选更小的学习率。</translation>
    </message>
    <message>
        <source>{name} is given numbers of a size of about {size}. Weights are made for numbers of about 1: what is much larger saturates or explodes, what is much smaller is hardly heard. Scale the features.</source>
        <translation>给 {name} 的数大小约为 {size}。权重是为 1 左右的数准备的：大得多会饱和或爆炸，小得多则几乎不起作用。请缩放特征。</translation>
    </message>
    <message>
        <source>The target has numbers of a size of about {size}, but a network begins with outputs of about 1 and has a long way to go. Scale the target; results are told in its own units.</source>
        <translation>目标的数大小约为 {size}，而网络开始时的输出约为 1，要走很长的路。请缩放目标；结果仍以原来的单位给出。</translation>
    </message>
    <message>
        <source>The weights that {name} begins with are too large: it gives numbers {growth} times as large as it takes, where about 1 is usual, and the run begins with a loss of {loss}. What lies behind explodes or saturates, and steps of a usual length hardly move such weights.</source>
        <translation>{name} 开始时的权重太大：它给出的数是得到的数的 {growth} 倍，通常约为 1 倍，训练开始时的损失是 {loss}。后面的层会爆炸或饱和，通常大小的步子也几乎动不了这样的权重。</translation>
    </message>
    <message>
        <source>{name} gives numbers {growth} times as large as it takes, from the first step on: a few of them outweigh all others, as where something is divided by nearly 0. Keep what it takes in bounds.</source>
        <translation>从第一步起，{name} 给出的数就是得到的数的 {growth} 倍：少数几个压过了其余所有的数，比如除以几乎是 0 的数。请给它得到的数加上界限。</translation>
    </message>
    <message>
        <source>{share} of the units of {activation} give 0 for every sample from the first step on, so that no gradient passes and they never learn. {name} gives it numbers below 0 only: look at the biases it begins with.</source>
        <translation>从第一步起，{activation} 有 {share} 的单元对每个样本都给出 0，梯度过不去，它们永远学不到东西。{name} 只给它小于 0 的数：请看它开始时的偏置。</translation>
    </message>
    <message>
        <source>{share} of the units of {name} give 0 for every sample from the first step on, so that no gradient passes and they never learn: what it is given is below 0.</source>
        <translation>从第一步起，{name} 有 {share} 的单元对每个样本都给出 0，梯度过不去，它们永远学不到东西：它得到的数都小于 0。</translation>
    </message>
    <message>
        <source>{share} of what {activation} gives lies where its curve is flat, from the first step on, so that hardly any gradient passes. {name} gives it numbers that are too large: look at the weights it begins with.</source>
        <translation>从第一步起，{activation} 给出的数有 {share} 落在曲线平坦的地方，梯度几乎过不去。{name} 给它的数太大：请看它开始时的权重。</translation>
    </message>
    <message>
        <source>{share} of what {name} gives lies where its curve is flat, from the first step on, so that hardly any gradient passes: what it is given is too large.</source>
        <translation>从第一步起，{name} 给出的数有 {share} 落在曲线平坦的地方，梯度几乎过不去：它得到的数太大。</translation>
    </message>
    <message>
        <source>The gradient of {name} is {ratio} of that of {last}, each measured by the weights: between them are {count} of {kind} and the like, each of which lets a part of it through. A layer that hears so little does not learn. Use ReLU in their place, norms, or skips.</source>
        <translation>以各自的权重来衡量，{name} 的梯度是 {last} 的 {ratio} 倍：两者之间有 {count} 个 {kind} 之类的激活，每个都只让一部分通过。几乎听不到梯度的层学不到东西。请换成 ReLU，或加归一化、跳跃连接。</translation>
    </message>
    <message>
        <source>The gradient of {name} is {ratio} of that of {last}, each measured by the weights. A layer that hears so little does not learn. The layers between begin with weights that are too small, or lack norms and skips.</source>
        <translation>以各自的权重来衡量，{name} 的梯度是 {last} 的 {ratio} 倍。几乎听不到梯度的层学不到东西。中间的层开始时权重太小，或者缺少归一化和跳跃连接。</translation>
    </message>
    <message>
        <source>The loss began at {first} and is at {now}, and a step moves the weights by {moved} of their size, where about 0.1 % is usual. The learning rate, {rate}, is too high.</source>
        <translation>损失开始时是 {first}，现在是 {now}；一步把权重改变其大小的 {moved}，通常约为 0.1 %。学习率 {rate} 太大。</translation>
    </message>
    <message>
        <source>After {epochs} epochs the loss of training is {train}, but that of validation was never below {validation}, and {chance} is what guessing gives. What is learnt by heart helps with no other sample: the labels may not belong to the samples, as where one of two files was sorted or shuffled alone.</source>
        <translation>{epochs} 轮之后训练损失是 {train}，但验证损失从未低于 {validation}，而瞎猜是 {chance}。死记下来的东西对别的样本没有用：标签可能不属于这些样本，比如两个文件中有一个被单独排序或打乱了。</translation>
    </message>
    <message>
        <source>After {epochs} epochs the loss is {train}, and {chance} is what guessing gives, though gradients and steps are as usual. The labels may not belong to the samples, or the samples may not tell what is asked for.</source>
        <translation>{epochs} 轮之后损失是 {train}，而瞎猜是 {chance}，尽管梯度和步子都正常。标签可能不属于这些样本，或者从样本看不出要问的东西。</translation>
    </message>
    <message>
        <source>Since epoch {epoch} the loss of validation has risen from {best} to {now}, while that of training has fallen from {before} to {train}: samples are learnt by heart. The weights of the best epoch are kept. Stop earlier, have more samples, or make it harder for the network: dropout, weight decay, augmentation, fewer weights.</source>
        <translation>从第 {epoch} 轮起，验证损失从 {best} 升到 {now}，而训练损失从 {before} 降到 {train}：网络在死记样本。最好那一轮的权重已经保留。请早些停止，用更多样本，或让网络更难死记：dropout、权重衰减、数据增强、更少的权重。</translation>
    </message>
    <message>
        <source>{path}: there are pictures of 16 bits or of floats. Each is scaled from its darkest to its brightest value; “levels” can take the range of their format instead.</source>
        <translation>{path}：其中有 16 位或浮点图片。每张按其最暗到最亮的值缩放；也可将“levels”设为按其格式的范围。</translation>
    </message>
    <message>
        <source>{path}: pictures have partners, which are to be predicted, such as {partner} of {first}.</source>
        <translation>{path}：图片有对应的图片，即预测目标，例如 {first} 对应 {partner}。</translation>
    </message>
    <message>
        <source>Pictures that could not be read while training, and are left out: {count}. The first: {first}.</source>
        <translation>训练时读不出而被舍去的图片：{count} 张。第一张：{first}。</translation>
    </message>
    <message>
        <source>{path}: files left out, for they cannot be read as pictures with a class or partner: {count} ({names}). The first: {reason}.</source>
        <translation>{path}：因无法读作带类别或对应图片的图片而略去的文件：{count} 个（{names}）。第一个的原因：{reason}。</translation>
    </message>
    <message>
        <source>{path}: samples that the array which splits them calls “{word}”: {count}. They train.</source>
        <translation>{path}：划分数组中称为“{word}”的样本有 {count} 个，用于训练。</translation>
    </message>
    <message>
        <source>{path}: samples that the array which splits them calls “{word}”: {count}. They validate.</source>
        <translation>{path}：划分数组中称为“{word}”的样本有 {count} 个，用于验证。</translation>
    </message>
    <message>
        <source>{path}: samples that the array which splits them calls “{word}”: {count}. They test.</source>
        <translation>{path}：划分数组中称为“{word}”的样本有 {count} 个，用于测试。</translation>
    </message>
    <message>
        <source>{path}: samples that the array which splits them calls “{word}”: {count}. They are left out.</source>
        <translation>{path}：划分数组中称为“{word}”的样本有 {count} 个，被舍去。</translation>
    </message>
    <message>
        <source>{path}: {value} stands {count} times in column “{column}”, far from all its other values. It may stand for a missing one.</source>
        <translation>{path}：列“{column}”中 {value} 出现 {count} 次，与该列其他值相差很远，可能代表缺失值。</translation>
    </message>
    <message>
        <source>{count} of {total} texts are longer than {length} tokens, the longest {longest}: what is beyond is cut off.</source>
        <translation>{total} 篇文本中有 {count} 篇超过 {length} 个词元，最长的有 {longest} 个：超出的部分会被截去。</translation>
    </message>
    <message>
        <source>The text is cut into pieces of {length} tokens, side by side: no token is a target twice.</source>
        <translation>文本被切成首尾相接的段，每段 {length} 个词元：没有词元会两次作为目标。</translation>
    </message>
    <message>
        <source>{path}: “{got}” in column “{column}” is no date and no number.</source>
        <translation>{path}：列“{column}”中的“{got}”既不是日期也不是数字。</translation>
    </message>
    <message>
        <source>No column of times was found: the rows are taken in the order of the file.</source>
        <translation>没有找到时间列：按文件中的顺序取各行。</translation>
    </message>
    <message>
        <source>“{column}” has {count} moments twice.</source>
        <translation>“{column}”中有 {count} 个时刻重复。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows lack a value: the last one before it is taken.</source>
        <translation>{rows} 行中有 {count} 行缺值：取其前面最后一个值。</translation>
    </message>
    <message>
        <source>{count} of {rows} rows lack a value: they are left out, and no window reaches over them.</source>
        <translation>{rows} 行中有 {count} 行缺值：它们被舍去，没有窗口会跨过它们。</translation>
    </message>
    <message>
        <source>The first windows train, later ones validate, the last test. {left_out} windows of {reach} steps lie across a border and are left out.</source>
        <translation>最早的窗口用于训练，之后的用于验证，最后的用于测试。有 {left_out} 个长 {reach} 步的窗口跨过分界，被舍去。</translation>
    </message>
    <message>
        <source>A forecast that repeats what was {season} steps before is off by {validation} in validation and by {test} in the test (root of the mean square): a network should do better.</source>
        <translation>重复 {season} 步之前的值作为预测，在验证集上误差为 {validation}，在测试集上为 {test}（均方根）：网络应当做得更好。</translation>
    </message>
    <message>
        <source>{count} of {total} sounds have another rate than {rate} numbers a second: they are brought to it.</source>
        <translation>{total} 个声音中有 {count} 个的采样率不是每秒 {rate}：它们被换算到该采样率。</translation>
    </message>
    <message>
        <source>Of {seconds} seconds, {cut} sounds are cut off, and {short} are filled up with silence.</source>
        <translation>样本长 {seconds} 秒：{cut} 个声音被截短，{short} 个以静音补齐。</translation>
    </message>
    <message>
        <source>{count} sounds cannot be read and are left out: {names}.</source>
        <translation>有 {count} 个声音无法读取，被舍去：{names}。</translation>
    </message>
    <message>
        <source>{path} has not run on this computer. Read it, then allow it: it runs with all your rights.</source>
        <translation>{path} 尚未在此计算机上运行过。请先阅读，再允许：它以您的全部权限运行。</translation>
    </message>
    <message>
        <source>{path}, line {line}: {reason}.</source>
        <translation>{path}，第 {line} 行：{reason}。</translation>
    </message>
    <message>
        <source>{path} has no function {name}() that yields samples.</source>
        <translation>{path} 中没有产生样本的函数 {name}()。</translation>
    </message>
    <message>
        <source>{path}: sample {sample} is one {got}, but has to be two things: (features, target).</source>
        <translation>{path}：样本 {sample} 是一个 {got}，但必须是两项：(features, target)。</translation>
    </message>
    <message>
        <source>{path}: the {what} of sample {sample} are no numbers, but of type {got}.</source>
        <translation>{path}：样本 {sample} 的 {what} 不是数字，而是 {got} 类型。</translation>
    </message>
    <message>
        <source>{path}: the {what} of sample {sample} have a value that is no number.</source>
        <translation>{path}：样本 {sample} 的 {what} 中有不是数字的值。</translation>
    </message>
    <message>
        <source>{path}: sample {sample} has {got}, but the first one has {expected}.</source>
        <translation>{path}：样本 {sample} 为 {got}，但第一个样本为 {expected}。</translation>
    </message>
    <message>
        <source>{path} yields {got} samples, but at least 2 are needed.</source>
        <translation>{path} 产生 {got} 个样本，但至少需要 2 个。</translation>
    </message>
    <message>
        <source>{path} yields more than {limit}, reached with sample {sample}.</source>
        <translation>{path} 产生的数据超过 {limit}，在样本 {sample} 处达到。</translation>
    </message>
    <message>
        <source>{path} takes more memory than it may.</source>
        <translation>{path} 占用的内存超过限制。</translation>
    </message>
    <message>
        <source>{path} took longer than {limit} s, and was at line {line} then.</source>
        <translation>{path} 用时超过 {limit} 秒，当时位于第 {line} 行。</translation>
    </message>
    <message>
        <source>{path} has ended its process, with status {status}.</source>
        <translation>{path} 结束了它的进程，状态为 {status}。</translation>
    </message>
    <message>
        <source>{path} would take {got} in memory; at most {limit} can be used.</source>
        <translation>{path} 在内存中将占用 {got}；最多可用 {limit}。</translation>
    </message>
    <message>
        <source>{name} is a mean by the weights of classes, or over what is not ignored. “{option}” takes the parts of a batch together by their samples, so it is not quite that of the whole one. The same loss is exact where it is chosen at the output instead of being drawn.</source>
        <translation>{name} 是按类别权重的平均，或只对未忽略者取平均。“{option}”按样本数把批次的各部分合在一起，因此与整个批次的结果并不完全相同。若不画出该损失，而是在输出处选择同一损失，结果就是精确的。</translation>
    </message>
    <message>
        <source>{path}, line {line}: column “{column}” is empty. Rows without a value there: {count}. Fill them in, or leave them out: “missing” of the data set to “skip” does that.</source>
        <translation>{path} 第 {line} 行：“{column}”列为空。此列缺值的行数：{count}。请补全，或略去这些行：把数据的“missing”设为“skip”即可。</translation>
    </message>
    <message>
        <source>{path}, line {line}: {got} cells, but the header has {expected} columns.</source>
        <translation>{path} 第 {line} 行：有 {got} 个单元格，但表头有 {expected} 列。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no number.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”不是数。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is unknown. Known are: {choices}.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”未知。已知的有：{choices}。</translation>
    </message>
    <message>
        <source>{path} has no column “{column}”. It has: {choices}.</source>
        <translation>{path} 没有列“{column}”。现有：{choices}。</translation>
    </message>
    <message>
        <source>{path}: column “{column}” has {got} different words, more than {limit}. Leave it out, or group them.</source>
        <translation>{path}：列“{column}”有 {got} 个不同的词，超过 {limit} 个。请去掉该列，或将它们归组。</translation>
    </message>
    <message>
        <source>{path} has no array “{array}”. It has: {choices}.</source>
        <translation>{path} 没有数组“{array}”。现有：{choices}。</translation>
    </message>
    <message>
        <source>{path}: “{array}” has {got} samples, but “{other}” has {expected}.</source>
        <translation>{path}：“{array}”有 {got} 个样本，但“{other}”有 {expected} 个。</translation>
    </message>
    <message>
        <source>{path}: the array “{array}” holds {got}, but needs {expected}.</source>
        <translation>{path}：数组“{array}”包含{got}，但需要{expected}。</translation>
    </message>
    <message>
        <source>{path}: {got} {what}, but at least {expected} are needed.</source>
        <translation>{path}：有 {got} 个{what}，但至少需要 {expected} 个。</translation>
    </message>
    <message>
        <source>The loss became {got} in epoch {epoch}, step {step}. A smaller learning rate often helps.</source>
        <translation>损失在第 {epoch} 轮第 {step} 步变成了 {got}。减小学习率通常会有帮助。</translation>
    </message>
    <message>
        <source>{device} ran out of memory. Try a smaller batch size.</source>
        <translation>{device} 内存不足。请尝试减小批次大小。</translation>
    </message>
    <message>
        <source>The training stopped with an error: {reason}</source>
        <translation>训练因错误而停止：{reason}</translation>
    </message>
    <message>
        <source>The training process was killed ({reason}).</source>
        <translation>训练进程被终止（{reason}）。</translation>
    </message>
    <message>
        <source>There is no {path} to go on from. The run has to begin anew, or from its weights.</source>
        <translation>没有可以接着训练的 {path}。这次运行只能重新开始，或者从它的权重开始。</translation>
    </message>
    <message>
        <source>{path} is no checkpoint that this run can go on from: {reason}. The weights beside it are as they were: a new run can begin with them.</source>
        <translation>{path} 不是这次运行可以接着训练的检查点：{reason}。旁边的权重保持原样：新的运行可以从它们开始。</translation>
    </message>
    <message>
        <source>The run in {folder} is under way already, in another program.</source>
        <translation>{folder} 中的运行已经在另一个程序里进行。</translation>
    </message>
    <message>
        <source>{host} could not be reached, or refused: {reason}. Try “ssh {host}” in a terminal, which has to log in without a question.</source>
        <translation>无法连接 {host}，或被其拒绝：{reason}。请在终端中试试“ssh {host}”，它必须无需提问即可登录。</translation>
    </message>
    <message>
        <source>There is no host “{host}”: {reason}. Write it as “ssh” takes it, such as me@gpu.lab, or as it is called in ~/.ssh/config.</source>
        <translation>没有主机“{host}”：{reason}。请按“ssh”的写法填写，例如 me@gpu.lab，或使用 ~/.ssh/config 中的名称。</translation>
    </message>
    <message>
        <source>{host} lets nobody in without a password: {reason}. Give it your key with “ssh-copy-id {host}”, after which “ssh {host}” asks no question.</source>
        <translation>{host} 不允许免密码登录：{reason}。请用“ssh-copy-id {host}”交给它你的密钥，此后“ssh {host}”便不再提问。</translation>
    </message>
    <message>
        <source>This computer does not know {host} yet, or knows it by another key: {reason}. Log in once with “ssh {host}” in a terminal, and confirm its key.</source>
        <translation>这台电脑还不认识 {host}，或记录的是另一个密钥：{reason}。请在终端中用“ssh {host}”登录一次并确认其密钥。</translation>
    </message>
    <message>
        <source>Name the computer to train on, as “ssh” takes it.</source>
        <translation>请按“ssh”的写法填写要用来训练的电脑。</translation>
    </message>
    <message>
        <source>“{host}” is no name of a host. Write it as “ssh” takes it.</source>
        <translation>“{host}”不是主机名。请按“ssh”的写法填写。</translation>
    </message>
    <message>
        <source>“{path}” cannot be a path there: letters, digits, dots, dashes and slashes can, and a ~/ at its beginning.</source>
        <translation>“{path}”不能用作那里的路径：可以使用字母、数字、点、短横线和斜杠，开头可以是 ~/。</translation>
    </message>
    <message>
        <source>{host} has no “{python}”. Name a Python that has PyTorch, such as ~/venv/bin/python.</source>
        <translation>{host} 上没有“{python}”。请填写装有 PyTorch 的 Python，例如 ~/venv/bin/python。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made on {host}: {reason}. Choose another one.</source>
        <translation>无法在 {host} 上创建文件夹 {folder}：{reason}。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>There is no room on {host} in {folder}: {reason}. Choose another folder, or make room.</source>
        <translation>{host} 上的 {folder} 空间不足：{reason}。请选择其他文件夹，或腾出空间。</translation>
    </message>
    <message>
        <source>{folder} on {host} has {free} left, but the run needs {needed} to begin. Choose another folder, or make room.</source>
        <translation>{host} 上的 {folder} 还剩 {free}，但训练开始就需要 {needed}。请选择其他文件夹，或腾出空间。</translation>
    </message>
    <message>
        <source>The connection to {host} is lost: {reason}. The run goes on there, and the connection is tried again.</source>
        <translation>与 {host} 的连接已断开：{reason}。训练仍在那里进行，正在重新尝试连接。</translation>
    </message>
    <message>
        <source>The data are no longer those that the run in {folder} was trained on, so it cannot go on. Put them back, or begin a new run with its weights.</source>
        <translation>数据已不是 {folder} 中的运行训练时所用的数据，因此无法接着训练。请恢复原来的数据，或者用它的权重开始新的运行。</translation>
    </message>
    <message>
        <source>The weights in {path} do not fit this network: {reason}</source>
        <translation>{path} 中的权重与这个网络不匹配：{reason}</translation>
    </message>
    <message>
        <source>{path} holds no weights that can be read: {reason}.</source>
        <translation>{path} 中没有可以读取的权重：{reason}。</translation>
    </message>
    <message>
        <source>The model has no weights under “{name}”. It has: {choices}.</source>
        <translation>模型在“{name}”之下没有权重。现有：{choices}。</translation>
    </message>
    <message>
        <source>There is no device “{device}” here. There are: {choices}.</source>
        <translation>这里没有设备“{device}”。现有：{choices}。</translation>
    </message>
    <message>
        <source>{format} is written by packages that are not installed. Install them: pip install {packages}</source>
        <translation>写入 {format} 所需的软件包尚未安装。请安装：pip install {packages}</translation>
    </message>
    <message>
        <source>{format}: no run has trained this very network yet.</source>
        <translation>{format}：尚无运行训练过这个网络。</translation>
    </message>
    <message>
        <source>train.py cannot import {name}: choose a name such as model.py.</source>
        <translation>train.py 无法导入 {name}：请选用 model.py 这样的名称。</translation>
    </message>
    <message>
        <source>{name} would be two files: the network, and what goes beside it. Call the network&apos;s file otherwise, such as model.py.</source>
        <translation>“{name}”会同时是两个文件：网络本身，以及随它一起导出的文件。请给网络的文件换个名称，例如 model.py。</translation>
    </message>
    <message>
        <source>The process that made the export ended before it was done ({reason}).</source>
        <translation>导出进程在完成之前就结束了（{reason}）。</translation>
    </message>
    <message>
        <source>{format} cannot express this network. PyTorch says: {reason}</source>
        <translation>{format} 无法表示这个网络。PyTorch 的说明：{reason}</translation>
    </message>
    <message>
        <source>{format}: only {name} = {size} is sure to work in this file, for PyTorch fixes that size in a layer on the way.</source>
        <translation>{format}：此文件中只有 {name} = {size} 保证可用，因为 PyTorch 在途经的某一层中固定了这个大小。</translation>
    </message>
    <message>
        <source>This network cannot be put into eight bits. The reason: {reason}</source>
        <translation>这个网络无法转为八位整数。原因：{reason}</translation>
    </message>
    <message>
        <source>There is nothing here that PyTorch has a dynamic form in eight bits for: only linear and recurrent layers have one.</source>
        <translation>这里没有 PyTorch 能做动态八位量化的层：只有线性层和循环层可以。</translation>
    </message>
    <message>
        <source>Line {line}: {name} does something else in “{text}” than where it was called before, with the same weights. Give both calls the same inputs.</source>
        <translation>第 {line} 行：{name} 在“{text}”中的作用与之前调用时不同，却共用权重。请让两次调用的输入一致。</translation>
    </message>
    <message>
        <source>Made but never called, so not drawn: {names}.</source>
        <translation>已创建但从未调用，因此未画出：{names}。</translation>
    </message>
    <message>
        <source>{node}: {op} writes into a part of a tensor, which cannot be drawn and is left out.</source>
        <translation>{node}：{op} 写入张量的一部分，无法画出，已略去。</translation>
    </message>
    <message>
        <source>The model changes {name} as it runs. A drawing does not: it computes with what that held at the beginning.</source>
        <translation>模型运行时会改变 {name}。图不会：它以其初始内容计算。</translation>
    </message>
    <message>
        <source>The model uses {name} in several ways. In the drawing each has weights of its own, which learn apart.</source>
        <translation>模型以多种方式使用 {name}。图中各处有各自的权重，分别学习。</translation>
    </message>
    <message>
        <source>{name} is Python and runs with all your rights. It runs only once you, having read it, have allowed that very text (SHA-256 {digest}).</source>
        <translation>{name} 是 Python 代码，以你的全部权限运行。只有在你阅读并允许这段文本（SHA-256 {digest}）之后，它才会运行。</translation>
    </message>
    <message>
        <source>Say what {name} is given: all sizes of each input, such as 1,3,224,224, or tokens=N,T:int64 for whole numbers.</source>
        <translation>请说明 {name} 的输入：每个输入的全部尺寸，例如 1,3,224,224；整数写 tokens=N,T:int64。</translation>
    </message>
    <message>
        <source>“{got}” is no input. Write all its sizes, such as 1,3,224,224, or tokens=N,T:int64 for whole numbers and any length.</source>
        <translation>“{got}”不是输入。请写出全部尺寸，例如 1,3,224,224；整数且长度任意时写 tokens=N,T:int64。</translation>
    </message>
    <message>
        <source>“{got}” is no argument. It looks like num_classes=10.</source>
        <translation>“{got}”不是参数。应形如 num_classes=10。</translation>
    </message>
    <message>
        <source>{path} defines no {name}.</source>
        <translation>{path} 没有定义 {name}。</translation>
    </message>
    <message>
        <source>{name} gives a {got}. A class of nn.Module is needed, or what makes one of it.</source>
        <translation>{name} 给出的是 {got}。需要 nn.Module 的类，或能生成它的函数。</translation>
    </message>
    <message>
        <source>{name} cannot be imported: {reason}.</source>
        <translation>无法导入 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be imported: line {line} of {file}, “{text}”, fails with {reason}.</source>
        <translation>无法导入 {name}：{file} 第 {line} 行“{text}”出错：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be made: {reason}.</source>
        <translation>无法生成 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be made: line {line} of {file}, “{text}”, fails with {reason}.</source>
        <translation>无法生成 {name}：{file} 第 {line} 行“{text}”出错：{reason}。</translation>
    </message>
    <message>
        <source>The module does not run with these inputs: {reason}.</source>
        <translation>模块无法以这些输入运行：{reason}。</translation>
    </message>
    <message>
        <source>The module does not run with these inputs: line {line} of {file}, “{text}”, fails with {reason}.</source>
        <translation>模块无法以这些输入运行：{file} 第 {line} 行“{text}”出错：{reason}。</translation>
    </message>
    <message>
        <source>PyTorch cannot trace the module: {reason}.</source>
        <translation>PyTorch 无法追踪该模块：{reason}。</translation>
    </message>
    <message>
        <source>PyTorch cannot trace the module: line {line} of {file}, “{text}”, fails with {reason}.</source>
        <translation>PyTorch 无法追踪该模块：{file} 第 {line} 行“{text}”出错：{reason}。</translation>
    </message>
    <message>
        <source>Line {line} of {file}, “{text}”, does one thing or another by the values of a tensor. A drawing computes the same for all values; write it without that condition, with torch.where perhaps.</source>
        <translation>{file} 第 {line} 行“{text}”依张量的值做不同的事。图对所有值的计算都相同；请去掉该条件，例如改用 torch.where。</translation>
    </message>
    <message>
        <source>{name} took longer than {limit} seconds, and was ended.</source>
        <translation>{name} 用时超过 {limit} 秒，已结束。</translation>
    </message>
    <message>
        <source>{name} took longer than {limit} seconds, and was ended in line {line}.</source>
        <translation>{name} 用时超过 {limit} 秒，在第 {line} 行被结束。</translation>
    </message>
    <message>
        <source>The process in which {name} ran has ended: {reason}.</source>
        <translation>运行 {name} 的进程已结束：{reason}。</translation>
    </message>
    <message>
        <source>The process in which {name} ran has ended in line {line}: {reason}.</source>
        <translation>运行 {name} 的进程在第 {line} 行结束：{reason}。</translation>
    </message>
    <message>
        <source>The module was stopped.</source>
        <translation>模块已停止。</translation>
    </message>
    <message>
        <source>The module runs with one size of {name} only, and is drawn for {size}.</source>
        <translation>模块只能以 {name} 的一种尺寸运行，按 {size} 画出。</translation>
    </message>
    <message>
        <source>torch.export does not follow the module ({reason}), torch.fx does: what it asserts of values is left out, and its own modules are no blocks.</source>
        <translation>torch.export 无法追踪该模块（{reason}），torch.fx 可以：它对值的断言已略去，其自有模块不作为块。</translation>
    </message>
    <message>
        <source>The drawing gives other results than the module: they differ by up to {difference}.</source>
        <translation>图的结果与模块不同：最多相差 {difference}。</translation>
    </message>
    <message>
        <source>The drawing gives results of other shapes than the module.</source>
        <translation>图给出的结果形状与模块不同。</translation>
    </message>
    <message>
        <source>Its file fails with {reason}.</source>
        <translation>其文件出错：{reason}。</translation>
    </message>
    <message>
        <source>The drawing was not compared with the module: {reason}</source>
        <translation>图未与模块比较：{reason}</translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation>{path}：没有这个文件。</translation>
    </message>
    <message>
        <source>{place} has more than {limit} bytes, which no project file of Layerweft has.</source>
        <translation>{place} 超过 {limit} 字节，Layerweft 的项目文件不会这么大。</translation>
    </message>
    <message>
        <source>{place}: this is not text in UTF-8, so it is no project file.</source>
        <translation>{place}：这不是 UTF-8 文本，因此不是项目文件。</translation>
    </message>
    <message>
        <source>{place}: this is not JSON: {reason}.</source>
        <translation>{place}：这不是 JSON：{reason}。</translation>
    </message>
    <message>
        <source>{place} is nested deeper than any project file is.</source>
        <translation>{place} 的嵌套深度超过任何项目文件。</translation>
    </message>
    <message>
        <source>{place} is not a “{expected}”.</source>
        <translation>{place} 不是“{expected}”。</translation>
    </message>
    <message>
        <source>The file was written by a newer version of Layerweft: its format is {got}, and this version reads up to {known}. Update Layerweft to open it.</source>
        <translation>该文件由更新版本的 Layerweft 写成：其格式为 {got}，而此版本最多能读取 {known}。请更新 Layerweft 后再打开。</translation>
    </message>
    <message>
        <source>{place}: there has never been a format {got}; it is {known}.</source>
        <translation>{place}：从来没有格式 {got}；现为 {known}。</translation>
    </message>
    <message>
        <source>{place}: “{key}” does not belong here. Known are: {known}.</source>
        <translation>{place}：“{key}”不属于这里。已知的有：{known}。</translation>
    </message>
    <message>
        <source>{place}: “{key}” is missing.</source>
        <translation>{place}：缺少“{key}”。</translation>
    </message>
    <message>
        <source>{place} has an object in which “{key}” stands twice.</source>
        <translation>{place} 中有一个对象里“{key}”出现了两次。</translation>
    </message>
    <message>
        <source>{place}: the id “{id}” is used twice.</source>
        <translation>{place}：标识“{id}”使用了两次。</translation>
    </message>
    <message>
        <source>{place}: there is nothing of the id “{id}”.</source>
        <translation>{place}：没有标识为“{id}”的内容。</translation>
    </message>
    <message>
        <source>{place}: two edges end at “{port}” of the node “{node}”.</source>
        <translation>{place}：有两条边都连到节点“{node}”的“{port}”。</translation>
    </message>
    <message>
        <source>{place}: expected {expected}, but found {got}.</source>
        <translation>{place}：应为 {expected}，但发现 {got}。</translation>
    </message>
    <message>
        <source>{place}: a number is too large ({got}).</source>
        <translation>{place}：数值过大（{got}）。</translation>
    </message>
    <message>
        <source>{place}: {reason}</source>
        <translation>{place}：{reason}</translation>
    </message>
    <message>
        <source>{place}: a character is not permitted in {got}.</source>
        <translation>{place}：{got} 中有不允许的字符。</translation>
    </message>
    <message>
        <source>{shape} as {got} puts parts of different samples into one row, for {batch} stands for any number of them. Begin with −1, which keeps the samples apart.</source>
        <translation>把 {shape} 变成 {got} 会把不同样本的一部分放进同一行，因为 {batch} 代表任意多个样本。请以 −1 开头，这样各样本互不相混。</translation>
    </message>
    <message>
        <source>{shape} as {got} puts elements of different samples into one row, since the batch {batch} stays in the order of memory.</source>
        <translation>把 {shape} 变成 {got} 会把不同样本的元素放进同一行，因为批次 {batch} 仍按内存顺序排列。</translation>
    </message>
    <message>
        <source>{kind} takes the channels first, {layout}, so it reads {shape} as {got} channels of {channels} steps. Are the {channels} at the end the channels?</source>
        <translation>{kind} 的通道在前（{layout}），所以把 {shape} 当作 {got} 个通道、每个 {channels} 步。末尾的 {channels} 才是通道吗？</translation>
    </message>
    <message>
        <source>{kind} takes the features in dimension 1, {layout}, but {before} gives them last: of {shape}, it works on the {got} steps as if they were features.</source>
        <translation>{kind} 的特征在第 1 维（{layout}），而 {before} 把特征放在最后：对于 {shape}，它会把 {got} 个时间步当作特征。</translation>
    </message>
    <message>
        <source>{kind} takes the features last, {layout}, but {before} gives them in dimension 1: of {shape}, it works on the {got} steps as if they were features.</source>
        <translation>{kind} 的特征在最后（{layout}），而 {before} 把特征放在第 1 维：对于 {shape}，它会把 {got} 个时间步当作特征。</translation>
    </message>
    <message>
        <source>{kind} normalises the last dimensions, {got} of {shape}, but {before} gives its features in dimension 1: each of them is normalised by itself, along one line of places.</source>
        <translation>{kind} 归一化的是最后的维度，即 {shape} 中的 {got}，而 {before} 的特征在第 1 维：每个特征只沿一条线上的位置各自归一化。</translation>
    </message>
    <message>
        <source>{formula} is no real number: a root of a negative one.</source>
        <translation>{formula} 不是实数：负数不能开方。</translation>
    </message>
    <message>
        <source>The run cannot be kept in {folder}: {reason}. Nothing is lost yet: it is held in memory, and is tried again every few seconds.</source>
        <translation>本次训练无法保存到 {folder}：{reason}。目前没有丢失任何内容：一切都保留在内存中，每隔几秒会重试。</translation>
    </message>
    <message>
        <source>padding = same keeps the size of the input, which a stride above 1 does not. Give the padding as a number.</source>
        <translation>padding = same 保持输入的大小，而大于 1 的 stride 做不到。请用数字给出 padding。</translation>
    </message>
    <message>
        <source>“target” holds a probability for each class, so none of them can be left out by {parameter}.</source>
        <translation>“target” 为每个类别给出概率，因此不能用 {parameter} 排除其中任何一个。</translation>
    </message>
    <message>
        <source>{got} is none of the functions of torch.nn.init: {choices}.</source>
        <translation>{got} 不是 torch.nn.init 中的函数：{choices}。</translation>
    </message>
    <message>
        <source>The lower bound a = {low} must not be above the upper bound b = {high}.</source>
        <translation>下界 a = {low} 不能大于上界 b = {high}。</translation>
    </message>
    <message>
        <source>{init} fills tensors of at least {fewest} dimensions, but {weight} has {got}.</source>
        <translation>{init} 用于至少 {fewest} 维的张量，但 {weight} 是 {got} 维。</translation>
    </message>
    <message>
        <source>{init} fills tensors of {fewest} to {most} dimensions, but {weight} has {got}.</source>
        <translation>{init} 用于 {fewest} 到 {most} 维的张量，但 {weight} 是 {got} 维。</translation>
    </message>
    <message>
        <source>{init} parts the {got} output channels of {weight} into groups = {groups}, which do not divide them.</source>
        <translation>{init} 要把 {weight} 的 {got} 个输出通道分成 groups = {groups} 组，但不能整除。</translation>
    </message>
    <message>
        <source>{name} has no {group} that could be initialised.</source>
        <translation>{name} 没有可以初始化的 {group}。</translation>
    </message>
    <message>
        <source>reduction = mean divides by the number of elements, not of samples, which is no longer the Kullback–Leibler divergence.</source>
        <translation>reduction = mean 除以的是元素个数而不是样本数，得到的不再是 Kullback–Leibler 散度。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {shape} is {got}, which is not {target} multiplied out.</source>
        <translation>{shape} 的第 {dim} 维是 {got}，不等于 {target} 的乘积。</translation>
    </message>
    <message>
        <source>The dimensions from {first} up to {end} are not within {shape}. “end” is the one after the last.</source>
        <translation>从 {first} 到 {end} 的维度不在 {shape} 之内。“end” 是最后一维之后的那一维。</translation>
    </message>
    <message>
        <source>num_samples = {got} cannot be drawn of {classes} without replacement.</source>
        <translation>不放回时无法从 {classes} 个中抽取 num_samples = {got} 个。</translation>
    </message>
    <message>
        <source>“query” has {heads} heads, but “key” has {served}. They must be equal, or with enable_gqa a multiple, so that each head of the keys serves a group of queries.</source>
        <translation>“query” 有 {heads} 个头，而 “key” 有 {served} 个。两者必须相等；或者启用 enable_gqa 时前者是后者的倍数，让每个键头服务于一组查询头。</translation>
    </message>
    <message>
        <source>{kind} expects {expects}, but {before} gives others.</source>
        <translation>{kind} 需要{expects}，但 {before} 给出的不是。</translation>
    </message>
    <message>
        <source>The {got} repeats of {name} differ, so each has to be worked out by itself, which goes for {limit}. Repeat it less, or let all be alike.</source>
        <translation>“{name}”的 {got} 次重复各不相同，须逐一推算，最多 {limit} 次。请减少重复次数，或让各次相同。</translation>
    </message>
    <message>
        <source>{parameter} has {got} numbers, but {shape} has {classes} classes. Give one for each.</source>
        <translation>{parameter} 有 {got} 个数，而 {shape} 有 {classes} 个类别。请每个类别给一个。</translation>
    </message>
    <message>
        <source>“{option}” and “{other}” exclude each other: choose one of them.</source>
        <translation>“{option}”与“{other}”不可兼用：请只选其一。</translation>
    </message>
    <message>
        <source>Its kind follows from “{parameter}”, but the network has no such parameter of the type layer. Known are: {known}.</source>
        <translation>其种类取自“{parameter}”，但此网络没有这个“层”类型的参数。已知的有：{known}。</translation>
    </message>
    <message>
        <source>{parameter} lists no layer kinds to choose from. Write some, such as ReLU, Hardswish.</source>
        <translation>{parameter} 没有列出可选的层种类。请写上几个，例如 ReLU, Hardswish。</translation>
    </message>
    <message>
        <source>{parameter} lists “{got}”, which is no layer kind of one input and one output, or has arguments that do not suit it. Write it like ReLU or LeakyReLU(negative_slope=0.2).</source>
        <translation>{parameter} 列出了“{got}”，它不是单输入单输出的层，或其参数不合适。请写成 ReLU 或 LeakyReLU(negative_slope=0.2) 这样。</translation>
    </message>
    <message>
        <source>{parameter} lists {one}, which is made with the sizes {sizes}, beside {other}, which is made with {others}. List kinds that are made alike.</source>
        <translation>{parameter} 同时列出了 {one}（创建时需要尺寸 {sizes}）和 {other}（需要 {others}）。请列出创建方式相同的种类。</translation>
    </message>
    <message>
        <source>{metric} cannot be worked out for an output that {loss} holds. Choose another metric.</source>
        <translation>使用 {loss} 的输出无法计算 {metric}。请选择其他指标。</translation>
    </message>
    <message>
        <source>The class is always among the {k} highest scores, for there are {classes} classes. Choose a smaller k.</source>
        <translation>只有 {classes} 个类别，正确类别总在得分最高的 {k} 个之中。请选择更小的 k。</translation>
    </message>
    <message>
        <source>{metric} is told of at most {most} classes, but there are {classes}. Leave it out.</source>
        <translation>{metric} 最多用于 {most} 个类别，但这里有 {classes} 个。请去掉它。</translation>
    </message>
    <message>
        <source>{metric} keeps all scores of a split, here about {size} GB in main memory.</source>
        <translation>{metric} 会保留一个划分的全部得分，这里约占内存 {size} GB。</translation>
    </message>
    <message>
        <source>{kind} takes no complex numbers, but “{port}” is {got}. Take their size (Abs), one of their parts (Real, Imag), their angle, or both parts as two numbers (ViewAsReal).</source>
        <translation>{kind} 不接受复数，而“{port}”是 {got}。请取其模（Abs）、某一部分（Real、Imag）、辐角（Angle），或把两部分写成两个实数（ViewAsReal）。</translation>
    </message>
    <message>
        <source>{kind} takes complex numbers (complex64), not {got}.</source>
        <translation>{kind} 接受复数（complex64），而不是 {got}。</translation>
    </message>
    <message>
        <source>As {dtype}, numbers that are {got} would lose their imaginary parts. Take their size (Abs), one of their parts (Real, Imag), their angle, or both (ViewAsReal).</source>
        <translation>转为 {dtype} 时，{got} 会失去虚部。请取其模（Abs）、某一部分（Real、Imag）、辐角（Angle），或两部分都取（ViewAsReal）。</translation>
    </message>
    <message>
        <source>{shape} holds half the spectrum of no number: give how many there are to be.</source>
        <translation>{shape} 的半谱还原不出任何数：请给出应有多少个数。</translation>
    </message>
    <message>
        <source>“{port}” needs a tensor, but uses of the block may leave “{input}” open. Give {input} a default, or connect it to what can do without, such as a mask.</source>
        <translation>“{port}”需要一个张量，但使用该块时可以不连接“{input}”。请给 {input} 设一个默认值，或把它连到可以省略的输入上，例如掩码。</translation>
    </message>
    <message>
        <source>How large “{port}” is where it is left open cannot be told: what is always given has no size {name}. Write 1, a number or one of: {known}.</source>
        <translation>“{port}”未连接时无法知道它有多大：必须连接的输入都没有尺寸 {name}。请写 1、一个数，或下列之一：{known}。</translation>
    </message>
    <message>
        <source>How large {got} is only the data tell, anew for each repeat, so that repeats cannot be joined side by side. Repeat in sequence instead.</source>
        <translation>{got} 有多大只有数据才知道，而且每次重复都不同，所以重复的各份无法并排合并。请改为依次重复。</translation>
    </message>
    <message>
        <source>“{option}” is for one gradient a step, but {optimizer} looks at the loss several times for each. Leave it out, or choose another optimizer.</source>
        <translation>“{option}”要求每一步只算一次梯度，而 {optimizer} 每一步要多次计算损失。请去掉它，或换一个优化器。</translation>
    </message>
    <message>
        <source>“{option}” is not for {optimizer}, which has no groups of weights. Leave it out, or choose another optimizer.</source>
        <translation>“{option}”不适用于 {optimizer}，因为它不对权重分组。请去掉它，或换一个优化器。</translation>
    </message>
    <message>
        <source>“{option}” needs whole gradients, but those of {name} are sparse.</source>
        <translation>“{option}”需要稠密梯度，而 {name} 的梯度是稀疏的。</translation>
    </message>
    <message>
        <source>{optimizer} cannot use the gradients of {name}, which are sparse. SGD, Adagrad and SparseAdam can.</source>
        <translation>{name} 的梯度是稀疏的，{optimizer} 无法使用；SGD、Adagrad 和 SparseAdam 可以。</translation>
    </message>
    <message>
        <source>The gradients of {name} are sparse: {optimizer} can use them only with weight_decay = 0.</source>
        <translation>{name} 的梯度是稀疏的：{optimizer} 只有在 weight_decay = 0 时才能使用。</translation>
    </message>
    <message>
        <source>{optimizer} is for embeddings with sparse = True, and this network has none.</source>
        <translation>{optimizer} 用于 sparse = True 的嵌入层，而此网络中没有。</translation>
    </message>
    <message>
        <source>{optimizer} is for weights that are matrices, and this network has none.</source>
        <translation>{optimizer} 用于矩阵形状的权重，而此网络中没有。</translation>
    </message>
    <message>
        <source>“{option}” changes nothing, for {optimizer} decays no weights here.</source>
        <translation>“{option}”不起作用，因为这里的 {optimizer} 没有权重衰减。</translation>
    </message>
    <message>
        <source>“{option}” names no layer of the network so far. Choose at least one, or leave it out.</source>
        <translation>“{option}”还没有选中网络中的任何层。请至少选一个，或去掉它。</translation>
    </message>
    <message>
        <source>{name} stays frozen to the end: it thaws in epoch {epoch}, but the run has {epochs}.</source>
        <translation>{name} 会一直冻结到最后：它要到第 {epoch} 轮才解冻，而本次运行只有 {epochs} 轮。</translation>
    </message>
    <message>
        <source>Weights are averaged from epoch {start} on, but the run has {epochs}: none ever is.</source>
        <translation>权重从第 {start} 轮起才平均，而本次运行只有 {epochs} 轮，因此永远不会平均。</translation>
    </message>
    <message>
        <source>No output tells “{figure}”, by which the best epoch is to be found. These are told: {choices}.</source>
        <translation>没有输出报告“{figure}”，无法据此找出最佳轮次。可用的有：{choices}。</translation>
    </message>
    <message>
        <source>{nodes} would be trained for both “{output}” and “{other}”, each with an optimizer of its own. Let one of them do it.</source>
        <translation>{nodes} 会同时为“{output}”和“{other}”训练，而两者各有自己的优化器。请只让其中一方训练它。</translation>
    </message>
    <message>
        <source>Nobody trains {nodes}: no loss reaches it, or none is to.</source>
        <translation>没有任何一方训练 {nodes}：没有损失能到达它，或者没有指定由谁训练。</translation>
    </message>
    <message>
        <source>“{output}” is to train {nodes}, but its gradient does not get there.</source>
        <translation>“{output}”要训练 {nodes}，但它的梯度到不了那里。</translation>
    </message>
    <message>
        <source>There is nothing that “{output}” could train.</source>
        <translation>“{output}”没有可以训练的内容。</translation>
    </message>
    <message>
        <source>“{output}” would take a step every {got} batches. It has to be 1 or more.</source>
        <translation>“{output}”每 {got} 个批次走一步。这个数必须不小于 1。</translation>
    </message>
    <message>
        <source>“{output}” is held against the data, so it takes a step on every batch. For fewer steps, draw its loss as a layer before the Output.</source>
        <translation>“{output}”要与数据比较，因此每个批次都走一步。若要少走几步，请把它的损失画成 Output 之前的一个层。</translation>
    </message>
    <message>
        <source>{optimizer} cannot train for “{output}” beside other players. Choose another optimizer.</source>
        <translation>{optimizer} 不能在有其他训练方时为“{output}”训练。请换一个优化器。</translation>
    </message>
    <message>
        <source>“{option}” does not go along with several players. Leave it out, or let one optimizer train everything.</source>
        <translation>“{option}”不能与多个训练方一起使用。请去掉它，或者让一个优化器训练全部内容。</translation>
    </message>
    <message>
        <source>“{schedule}” makes up a whole run, so that no other schedule can follow or come before it.</source>
        <translation>“{schedule}”占满整个运行，前后都不能再接别的调度。</translation>
    </message>
    <message>
        <source>A schedule that is to follow another begins with epoch {start}, but must do so after epoch {before}.</source>
        <translation>后续调度从第 {start} 轮开始，但必须晚于第 {before} 轮。</translation>
    </message>
    <message>
        <source>A schedule is to begin with epoch {start}, but the run has {epochs}.</source>
        <translation>有一个调度要到第 {start} 轮才开始，而本次运行只有 {epochs} 轮。</translation>
    </message>
    <message>
        <source>{parameter} is {got}, which is not always within {shape}, whose size is {size} there.</source>
        <translation>{parameter} 是 {got}，不一定在 {shape} 之内，该处的尺寸是 {size}。</translation>
    </message>
    <message>
        <source>nesterov looks ahead along the momentum: it needs a momentum above 0 and a dampening of 0.</source>
        <translation>nesterov 沿动量方向向前看：momentum 须大于 0，dampening 须为 0。</translation>
    </message>
    <message>
        <source>“{output}” has {times} players. Let one of them train all that is to be trained for it.</source>
        <translation>“{output}”有 {times} 个训练方。请只留一个，由它训练为此要训练的全部层。</translation>
    </message>
    <message>
        <source>The warm-up takes {steps} steps, but the run has {total}: the learning rate never gets to its height.</source>
        <translation>预热需要 {steps} 步，而训练只有 {total} 步：学习率永远升不到最高。</translation>
    </message>
    <message>
        <source>“{python}” of {host} has no PyTorch. Install it there with “{python} -m pip install torch”, or name a Python that has it.</source>
        <translation>{host} 上的“{python}”没有 PyTorch。请在那里用“{python} -m pip install torch”安装，或指定一个已装有它的 Python。</translation>
    </message>
    <message>
        <source>The data are no longer those that the run in {folder} was trained on, so it cannot be said what its weights make of them. Put them back, or train again.</source>
        <translation>数据已不是 {folder} 中的训练所用的数据，因此无法说明其权重在这些数据上的表现。请恢复原数据，或重新训练。</translation>
    </message>
    <message>
        <source>“of” does not follow from {name}, or through a Detach alone, so it has no gradient by it. Connect to “by” what “of” is computed from.</source>
        <translation>“of” 不是由 {name} 算出的，或只经过 Detach，因此对它没有梯度。请把算出 “of” 的张量连到 “by”。</translation>
    </message>
    <message>
        <source>The reading of the data was stopped.</source>
        <translation>数据的读取已停止。</translation>
    </message>
    <message>
        <source>There is no setting “{name}”. There are: {choices}.</source>
        <translation>没有名为“{name}”的设置。可用的有：{choices}。</translation>
    </message>
    <message>
        <source>Samples have weights here, which cannot be done where several players train. Let the column of weights be ignored.</source>
        <translation>这里的样本带有权重，在多个玩家分别训练时做不到。请忽略权重列。</translation>
    </message>
    <message>
        <source>Samples have weights here, and the loss “{loss}” of {name} cannot count them. Choose another loss, or let the column of weights be ignored.</source>
        <translation>这里的样本带有权重，而 {name} 的损失“{loss}”无法计入权重。请选择另一种损失，或忽略权重列。</translation>
    </message>
    <message>
        <source>Samples have weights here, so classes cannot have weights as well: turn “balanced” off for {name}, or let the column of weights be ignored.</source>
        <translation>这里的样本带有权重，因此类别不能再有权重：请为 {name} 关闭“balanced”，或忽略权重列。</translation>
    </message>
    <message>
        <source>Weights of samples are numbers of at least 0; here they go from {least} to {most}.</source>
        <translation>样本的权重应是不小于 0 的数；这里从 {least} 到 {most}。</translation>
    </message>
    <message>
        <source>All samples of the {split} split have the weight 0. Split in another way, or let the column of weights be ignored.</source>
        <translation>{split}部分所有样本的权重都是 0。请换一种划分方式，或忽略权重列。</translation>
    </message>
    <message>
        <source>“{option}” changes nothing, for the learning rate stays as it is all along. Choose a schedule or a warm-up beside it.</source>
        <translation>“{option}”没有任何作用，因为学习率始终不变。请同时选择一种调度或预热。</translation>
    </message>
    <message>
        <source>The weights are left out: the run in {folder} read its samples otherwise than they are read now, so predict.py would make nonsense of new ones. Put the data back, or train again.</source>
        <translation>未附带权重：{folder} 中的运行读取样本的方式与现在不同，predict.py 用这些权重处理新样本将毫无意义。请恢复原来的数据，或重新训练。</translation>
    </message>
    <message>
        <source>data.pt has the samples as they are now. The weights are those of the run in {folder}, which trained on others.</source>
        <translation>data.pt 中是现在的样本。权重来自 {folder} 中的运行，它是用别的样本训练的。</translation>
    </message>
    <message>
        <source>“{python}” of {host} is older than Python 3.10. Name another Python with PyTorch.</source>
        <translation>{host} 上的“{python}”早于 Python 3.10。请填写另一个装有 PyTorch 的 Python。</translation>
    </message>
    <message>
        <source>{path} has no array to predict beside “{array}”. Let it be what is predicted as well, as an autoencoder does, or name a file with a target.</source>
        <translation>{path} 中除“{array}”外没有可预测的数组。可让它同时作为目标（如自编码器），或选择带有目标的文件。</translation>
    </message>
    <message>
        <source>{path}: the array “{array}” holds Python objects, which are not read, for they may run anything. Save it as numbers or words, such as with array.astype(float).</source>
        <translation>{path}：数组“{array}”含有 Python 对象。它们可能执行任意代码，因此不会读取。请存为数值或文字，例如用 array.astype(float)。</translation>
    </message>
    <message>
        <source>{path}: these arrays have other numbers of samples, and are left out: {names}.</source>
        <translation>{path}：以下数组的样本数不同，已略去：{names}。</translation>
    </message>
    <message>
        <source>“{array}” feeds several Inputs: {inputs}. Choose another array for one of them, or this one for each.</source>
        <translation>“{array}”同时供给多个输入：{inputs}。请为其中之一选择其他数组，或为每个输入明确选择它。</translation>
    </message>
    <message>
        <source>PyTorch refuses BCELoss beside mixed precision on a GPU. Leave the Sigmoid out and choose BCEWithLogitsLoss, which does the same in one.</source>
        <translation>在 GPU 上使用混合精度时，PyTorch 拒绝 BCELoss。请去掉 Sigmoid 并选择 BCEWithLogitsLoss，它一步完成同样的计算。</translation>
    </message>
    <message>
        <source>{path}, line {line}: column “{column}” is empty, which it never was in the training.</source>
        <translation>{path} 第 {line} 行：列“{column}”为空，而训练中从未如此。</translation>
    </message>
    <message>
        <source>{path} has no sheet “{sheet}”. It has: {choices}.</source>
        <translation>{path} 没有工作表“{sheet}”。它有：{choices}。</translation>
    </message>
    <message>
        <source>{path} has {got} columns; at most {limit} can be read.</source>
        <translation>{path} 有 {got} 列；最多能读 {limit} 列。</translation>
    </message>
    <message>
        <source>{path} has no column to learn from besides the target. Give one of them a role: {columns}.</source>
        <translation>除目标外，{path} 没有可供学习的列。请给其中一列指定用途：{columns}。</translation>
    </message>
    <message>
        <source>The Input “{node}” takes “{array}”, which is what an Output is to predict: it is given the answer.</source>
        <translation>输入“{node}”取用了“{array}”，而这正是某个输出要预测的：等于给出了答案。</translation>
    </message>
    <message>
        <source>The classes of “{array}” are very uneven: a loss that weighs them alike learns little of the rare ones.</source>
        <translation>“{array}”的类别很不均衡：同等看待各类的损失很难学到少数类别。</translation>
    </message>
    <message>
        <source>{path}: {count} rows have another number of cells than the header, the first of them on line {line}. They are left out.</source>
        <translation>{path}：{count} 行的单元格数与表头不同，第一处在第 {line} 行。这些行被略去。</translation>
    </message>
    <message>
        <source>{path}: several columns have the same name. A number was added to: {columns}.</source>
        <translation>{path}：有几列同名。已为它们加上编号：{columns}。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no number. Such cells count as missing: {count}.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”不是数字。这样的单元格算作缺失：{count} 个。</translation>
    </message>
    <message>
        <source>{path}: {count} rows lack the target, or a value that is not filled in. They are left out.</source>
        <translation>{path}：{count} 行缺少目标，或缺少不作填补的值。这些行被略去。</translation>
    </message>
    <message>
        <source>{path}: missing values are filled in: {columns}.</source>
        <translation>{path}：缺失值已填补：{columns}。</translation>
    </message>
    <message>
        <source>{path}: these columns are not used: {columns}.</source>
        <translation>{path}：这些列没有用到：{columns}。</translation>
    </message>
    <message>
        <source>{path}: the class “{name}” has {count} of {rows} samples. To say always the most frequent class is right in {share}, so look at recall and F1, and weigh the classes.</source>
        <translation>{path}：类别“{name}”在 {rows} 个样本中占 {count} 个。总答最多的类别也有 {share} 正确，因此请看召回率和 F1，并给类别加权。</translation>
    </message>
    <message>
        <source>{path}: column “{column}” all but gives the target away. Is it known before what is to be predicted?</source>
        <translation>{path}：列“{column}”几乎直接给出了目标。预测之前就知道它吗？</translation>
    </message>
    <message>
        <source>{path}: {share} of the rows have the same features as another row. Training and test samples may be the same.</source>
        <translation>{path}：{share} 的行与另一行特征相同。训练样本和测试样本可能相同。</translation>
    </message>
    <message>
        <source>{path}: {count} pictures, but no two folders of classes ({got} found). Let the pictures be predicted themselves, as an autoencoder does, or name a table with their labels.</source>
        <translation>{path}：有 {count} 张图片，但没有两个类别文件夹（找到 {got} 个）。可以像自编码器那样预测图片本身，或指定带标签的表格。</translation>
    </message>
    <message>
        <source>{path}: nothing was found that belongs to its pictures. Masks and pictures to be made lie in a folder of their own, such as “masks” beside “images”, or end in _mask.</source>
        <translation>{path}：没有找到与图片对应的内容。掩码和目标图片应放在单独的文件夹中，例如“images”旁的“masks”，或文件名以 _mask 结尾。</translation>
    </message>
    <message>
        <source>{path}: objects are marked in the form of {form}. Masks are drawn of their outlines, in {count} classes and the background; boxes are not predicted.</source>
        <translation>{path}：物体以 {form} 的形式标注。按轮廓绘制掩码，共 {count} 个类别加背景；不预测边框。</translation>
    </message>
    <message>
        <source>{path}: objects are marked in the form of {form}. Each picture has the class of its largest object; boxes are not predicted.</source>
        <translation>{path}：物体以 {form} 的形式标注。每张图片的类别取最大物体的类别；不预测边框。</translation>
    </message>
    <message>
        <source>{path}: objects are marked by boxes alone, in the form of {form}, of which no masks can be drawn.</source>
        <translation>{path}：物体以 {form} 的形式只用边框标注，无法据此绘制掩码。</translation>
    </message>
    <message>
        <source>{path}: masks are black and white with levels in between, such as JPEG leaves. What is darker than the middle is one class, the rest another.</source>
        <translation>{path}：掩码为黑白，但有 JPEG 等造成的中间灰度。比中间值暗的为一类，其余为另一类。</translation>
    </message>
    <message>
        <source>{path}: there are pictures with several frames or pages. The first of each is read.</source>
        <translation>{path}：有多帧或多页的图片，每个只读取第一帧。</translation>
    </message>
    <message>
        <source>{path}: pictures are read as they are needed while training. Mean and deviation are those of {count} training pictures, spread evenly; one that cannot be read is left out then.</source>
        <translation>{path}：训练时按需读取图片。均值与标准差取自均匀选取的 {count} 张训练图片；届时读不出的图片会被舍去。</translation>
    </message>
    <message>
        <source>{path} is a pickle of Python, which may run anything when it is opened, so it is not read. If you trust it, save what is in it once, such as by numpy.savez(&apos;data.npz&apos;, x=x, y=y).</source>
        <translation>{path} 是 Python 的 pickle 文件，打开时可能执行任意代码，因此不读取。如果您信任它，请先另存其中内容，例如 numpy.savez(&apos;data.npz&apos;, x=x, y=y)。</translation>
    </message>
    <message>
        <source>{path} is a pickle of Python, as CIFAR comes in, which may run anything when it is opened, so it is not read. If you trust it, save it once: d = pickle.load(open(file, &apos;rb&apos;), encoding=&apos;bytes&apos;), then numpy.savez(&apos;cifar.npz&apos;, x=d[b&apos;data&apos;].reshape(-1, 3, 32, 32), y=d[b&apos;labels&apos;]).</source>
        <translation>{path} 是 CIFAR 所用的 Python pickle 文件，打开时可能执行任意代码，因此不读取。如果您信任它，请先另存：d = pickle.load(open(file, &apos;rb&apos;), encoding=&apos;bytes&apos;)，然后 numpy.savez(&apos;cifar.npz&apos;, x=d[b&apos;data&apos;].reshape(-1, 3, 32, 32), y=d[b&apos;labels&apos;])。</translation>
    </message>
    <message>
        <source>{path} is a file of PyTorch, which is not read as data. Save its tensors once: numpy.savez(&apos;data.npz&apos;, x=x.numpy(), y=y.numpy()).</source>
        <translation>{path} 是 PyTorch 文件，不能作为数据读取。请先另存其中的张量：numpy.savez(&apos;data.npz&apos;, x=x.numpy(), y=y.numpy())。</translation>
    </message>
    <message>
        <source>{path} holds medical pictures in a form that is not read. Save them once as PNG or as an array, such as with pydicom or nibabel and numpy.savez.</source>
        <translation>{path} 中的医学图像格式不能读取。请先另存为 PNG 或数组，例如用 pydicom 或 nibabel 加 numpy.savez。</translation>
    </message>
    <message>
        <source>{path} holds records of another library, which are not read. Save them once as arrays (.npz), as a table (.csv, .parquet) or as files in folders.</source>
        <translation>{path} 是其他库的记录文件，不能读取。请先另存为数组（.npz）、表格（.csv、.parquet）或文件夹中的文件。</translation>
    </message>
    <message>
        <source>{path} is a table of another program, which is not read. Save it once as CSV or Parquet.</source>
        <translation>{path} 是其他程序的表格，不能读取。请先另存为 CSV 或 Parquet。</translation>
    </message>
    <message>
        <source>{path} is an archive. Unpack it, then name the folder.</source>
        <translation>{path} 是压缩包。请解压后指定文件夹。</translation>
    </message>
    <message>
        <source>{path} is a video, which is not read. Save its frames as pictures in folders of classes.</source>
        <translation>{path} 是视频，不能读取。请把各帧存为图片，放入类别文件夹。</translation>
    </message>
    <message>
        <source>{path} is a single picture. Name the folder that holds the pictures.</source>
        <translation>{path} 是单张图片。请指定存放图片的文件夹。</translation>
    </message>
    <message>
        <source>{path}: values of “{array}” that are no number: {count}, the first at {first}; samples that have any: {samples}. They are filled with {filling}.</source>
        <translation>{path}：“{array}”中不是数字的值有 {count} 个，首先位于 {first}；涉及 {samples} 个样本。以{filling}填补。</translation>
    </message>
    <message>
        <source>{path}: values of “{array}” that are no number: {count}, the first at {first}. Samples that have any are left out: {samples}.</source>
        <translation>{path}：“{array}”中不是数字的值有 {count} 个，首先位于 {first}。含有这些值的 {samples} 个样本被舍去。</translation>
    </message>
    <message>
        <source>{path}: “{array}” has values that are no number. “missing” says what becomes of them: the mean of the training samples, or their samples are left out.</source>
        <translation>{path}：“{array}”中有不是数字的值。“missing”决定如何处理：用训练样本的均值填补，或舍去这些样本。</translation>
    </message>
    <message>
        <source>{loss} is held against one class of each sample, but “{array}” has the probability of each class. Cross entropy, without weights of classes, takes these.</source>
        <translation>{loss}要求每个样本只有一个类别，而“{array}”给出了每个类别的概率。不带类别权重的交叉熵可以接受这些概率。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no date as in the training.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”不是训练时那样的日期。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no picture that can be read: {reason}.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”不是可以读取的图片：{reason}。</translation>
    </message>
    <message>
        <source>{path}: {count} pictures that it names cannot be read; their rows are left out. The first is {first}: {reason}.</source>
        <translation>{path}：它给出的图片中有 {count} 张无法读取，相应的行被略去。第一张是 {first}：{reason}。</translation>
    </message>
    <message>
        <source>{path}: {columns} add up to 1 in every row. They are taken for the probabilities of classes, which cross entropy can be held against.</source>
        <translation>{path}：{columns} 在每行中相加为 1，因此被当作各类别的概率，可以用交叉熵来训练。</translation>
    </message>
    <message>
        <source>{path}: the target is {value} in every row. There is nothing to learn of it; choose another column.</source>
        <translation>{path}：每一行的目标都是 {value}，没有可学的内容；请选择另一列。</translation>
    </message>
    <message>
        <source>{path}: dates such as {got} in column “{column}” may have the month or the day first. The {first} is taken to come first.</source>
        <translation>{path}：列“{column}”中像 {got} 这样的日期，可能是月在前，也可能是日在前。现按{first}在前来读。</translation>
    </message>
    <message>
        <source>No Input takes “{column}”, which holds {what}. Draw an Input for it and name it so, or leave the column out.</source>
        <translation>没有 Input 使用“{column}”，它包含{what}。请为它画一个同名的 Input，或者略去这一列。</translation>
    </message>
    <message>
        <source>Samples of {reach} steps overlap: those that lie across a border between training, validation and test are left out.</source>
        <translation>每个样本有 {reach} 步，彼此重叠：跨越训练、验证和测试之间边界的样本被略去。</translation>
    </message>
    <message>
        <source>Samples are windows of {reach} steps that overlap: split so, training has seen most of what is asked in validation and test. Split them in the order of time.</source>
        <translation>样本是 {reach} 步的窗口，彼此重叠：这样划分，验证和测试所问的大部分在训练中都已见过。请按时间顺序划分。</translation>
    </message>
    <message>
        <source>{count} texts cannot be read and are left out: {names}.</source>
        <translation>{count} 个文本无法读取，已略去：{names}。</translation>
    </message>
    <message>
        <source>{count} rows lack a text, or what is to be predicted of it: they are left out.</source>
        <translation>{count} 行缺少文本或要预测的内容：已略去。</translation>
    </message>
    <message>
        <source>{path}: of {rows} rows, windows of {window} steps with {horizon} ahead leave {got} for training and {validating} for validation. Choose a smaller window, or other shares.</source>
        <translation>{path}：共 {rows} 行，以 {window} 步为窗口、向前预测 {horizon} 步，训练剩 {got} 个，验证剩 {validating} 个。请选更小的窗口，或其他比例。</translation>
    </message>
    <message>
        <source>“{column}” has {count} gaps beside its step of {step}: no window reaches over one. Where a forecast is made from new rows, each is taken to be as the row before it.</source>
        <translation>“{column}”的步长为 {step}，另有 {count} 处间断：窗口不跨越间断。用新数据预测时，间断处按前一行处理。</translation>
    </message>
    <message>
        <source>“{column}” has {count} gaps beside its step of {step}: the {lacking} rows that lack are added, each as the one before it.</source>
        <translation>“{column}”的步长为 {step}，另有 {count} 处间断：已补上缺少的 {lacking} 行，每行与前一行相同。</translation>
    </message>
    <message>
        <source>“{column}” has {count} gaps beside its step of {step}: rows are taken as if each followed the one before it at once.</source>
        <translation>“{column}”的步长为 {step}，另有 {count} 处间断：各行视为直接相接。</translation>
    </message>
    <message>
        <source>“{column}” tells {count} series apart: no window reaches from one into another, and all are split at the same moments.</source>
        <translation>“{column}”区分 {count} 个序列：窗口不从一个序列跨到另一个，所有序列在相同时刻划分。</translation>
    </message>
    <message>
        <source>What lies in these folders has no class and is left out: {names} ({count} files).</source>
        <translation>这些文件夹中的内容没有类别，已略去：{names}（{count} 个文件）。</translation>
    </message>
    <message>
        <source>“{got}” is no list of values such as “0.1, 0.2”, and no range such as “1e-5..1e-1 log 5”, “0..1 of 3” or “0..4”.</source>
        <translation>“{got}”既不是取值列表（如“0.1, 0.2”），也不是范围（如“1e-5..1e-1 log 5”、“0..1 of 3”或“0..4”）。</translation>
    </message>
    <message>
        <source>These are {count} values, more than {most}. Give fewer.</source>
        <translation>共 {count} 个值，超过 {most} 个。请减少。</translation>
    </message>
    <message>
        <source>{path}: “{column}” goes on in steps of {step}. The rows can be read as a series over time: windows of what was, from which what comes is forecast.</source>
        <translation>{path}：“{column}”的步长为 {step}。这些行可读成随时间变化的序列：由过去的窗口预测之后的值。</translation>
    </message>
    <message>
        <source>{path}: “{column}” names sounds that lie beside it. They can be read with their labels.</source>
        <translation>{path}：“{column}”列出了旁边的声音文件，可连同标签一起读取。</translation>
    </message>
    <message>
        <source>With a decay of {decay} the average of the weights is still close to those that the run begins with after {updates} steps, and these are what is judged. A smaller decay forgets them sooner.</source>
        <translation>decay 为 {decay} 时，走过 {updates} 步后权重的平均仍接近运行开始时的权重，而评估的正是它。decay 越小，忘得越快。</translation>
    </message>
    <message>
        <source>{path}: the row below the header holds no data but {cells}. It is left out; choose “yes” for the header if it is a row as all others.</source>
        <translation>{path}：表头下面的一行不是数据，而是 {cells}，因此被略去；如果它和其他行一样，请把 header 设为“yes”。</translation>
    </message>
    <message>
        <source>{path}: words in column “{column}” differ in capitals alone: {words}. They count as different words.</source>
        <translation>{path}：列“{column}”中有些词只有大小写不同：{words}。它们被当作不同的词。</translation>
    </message>
    <message>
        <source>{path}: numbers in column “{column}” are as large as {value}, so that many that differ become the same in 32 bits. Subtract what they have in common, or leave the column out.</source>
        <translation>{path}：列“{column}”中的数字大到 {value}，许多不同的数在 32 位下会变得相同。请减去它们共有的部分，或者略去这一列。</translation>
    </message>
    <message>
        <source>{path}: the last row, on line {line}, sums up the others. It is left out.</source>
        <translation>{path}：最后一行（第 {line} 行）是其他行的合计，因此被略去。</translation>
    </message>
    <message>
        <source>{path}, line {line}: “{got}” in column “{column}” is no date as the others are. Such cells count as missing: {count}.</source>
        <translation>{path} 第 {line} 行：列“{column}”中的“{got}”不是像其他单元格那样的日期。这样的单元格算作缺失：{count} 个。</translation>
    </message>
    <message>
        <source>{path}: the dates in column “{column}” are written in several ways: {forms}.</source>
        <translation>{path}：列“{column}”中的日期有几种写法：{forms}。</translation>
    </message>
    <message>
        <source>The first {count} samples were taken, as many as may be at most: there may be more.</source>
        <translation>已取前 {count} 个样本，这是允许的最大数目：可能还有更多。</translation>
    </message>
    <message>
        <source>What the layers give cannot be computed: {reason}</source>
        <translation>无法计算各层的输出：{reason}</translation>
    </message>
    <message>
        <source>{path}: places of masks with the value {value} are of no class: they count for nothing, neither in losses nor in figures.</source>
        <translation>{path}：掩码中值为 {value} 的位置不属于任何类别：既不计入损失，也不计入指标。</translation>
    </message>
    <message>
        <source>{path}: no mask has the value “{got}”, which is to be ignored. There are: {found}.</source>
        <translation>{path}：没有掩码含有要忽略的值“{got}”。现有的值：{found}。</translation>
    </message>
    <message>
        <source>{path}: masks are read as they are needed. {count} of them, spread evenly, tell their {classes} classes; one with any other value is left out while training, which is told.</source>
        <translation>{path}：掩码在需要时才读取。其中均匀抽取的 {count} 个决定了 {classes} 个类别；训练时遇到含其他值的掩码会跳过，并告知。</translation>
    </message>
    <message>
        <source>{path} is a file of MATLAB before version 7.3, which is not read. Save it anew there with save -v7.3, or save its arrays once: d = scipy.io.loadmat(file), then numpy.savez(&apos;data.npz&apos;, X=d[&apos;X&apos;], y=d[&apos;y&apos;]).</source>
        <translation>{path} 是 7.3 版之前的 MATLAB 文件，无法读取。请在 MATLAB 中用 save -v7.3 重新保存，或把其中的数组另存一次：d = scipy.io.loadmat(file)，然后 numpy.savez(&apos;data.npz&apos;, X=d[&apos;X&apos;], y=d[&apos;y&apos;])。</translation>
    </message>
    <message>
        <source>{path}: two kinds of pictures that are no partners of each other, {first} and {second}. They stand beside each other in no order that means anything, the fewer several times.</source>
        <translation>{path}：两类互不成对的图片，{first} 和 {second}。它们并排放在一起，顺序没有含义，较少的一类会重复使用。</translation>
    </message>
    <message>
        <source>{path}: each picture holds two squares beside each other. The {entering} one enters, and the {wanted} one is to be made of it.</source>
        <translation>{path}：每张图片里并排有两个正方形。{entering}的一个作为输入，由它生成{wanted}的一个。</translation>
    </message>
    <message>
        <source>{path}: pictures of two kinds lie in folders such as trainA and trainB, or in two folders ({got} found).</source>
        <translation>{path}：两类图片应放在 trainA 和 trainB 这样的文件夹里，或放在两个文件夹里（找到 {got} 个）。</translation>
    </message>
    <message>
        <source>Rows follow each other in time by “{column}”, and are split by chance: training sees what comes after what is asked. For a forecast, split them by time.</source>
        <translation>各行按“{column}”的时间先后排列，却是随机划分的：训练时会看到要预测的时刻之后的数据。若要做预测，请按时间划分。</translation>
    </message>
    <message>
        <source>Line {line}: this is no Python that can be read ({reason}).</source>
        <translation>第 {line} 行：不是可以读取的 Python 代码（{reason}）。</translation>
    </message>
    <message>
        <source>The file has more than {limit} characters.</source>
        <translation>文件超过 {limit} 个字符。</translation>
    </message>
    <message>
        <source>There is no class here that descends from nn.Module. Take the file that defines the network.</source>
        <translation>这里没有继承自 nn.Module 的类。请选择定义网络的文件。</translation>
    </message>
    <message>
        <source>There is no class or function called {name}. The file has: {known}.</source>
        <translation>没有名为 {name} 的类或函数。文件中有：{known}。</translation>
    </message>
    <message>
        <source>Line {line}: {name} needs {arguments}. Say what to take, such as FILE.py:{name}(…).</source>
        <translation>第 {line} 行：{name} 需要参数 {arguments}。请指明取值，例如 FILE.py:{name}(…)。</translation>
    </message>
    <message>
        <source>{name} makes no nn.Module.</source>
        <translation>{name} 不产生 nn.Module。</translation>
    </message>
    <message>
        <source>“{got}” is no input. Write its sizes without the batch, such as 3x224x224, or tokens=T:int64 for whole numbers.</source>
        <translation>“{got}”不是输入。请写出不含批次的尺寸，例如 3x224x224；整数写作 tokens=T:int64。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” cannot be read.</source>
        <translation>第 {line} 行：无法读取“{text}”。</translation>
    </message>
    <message>
        <source>Line {line}: {name} in “{text}” is not known.</source>
        <translation>第 {line} 行：“{text}”中的 {name} 未知。</translation>
    </message>
    <message>
        <source>Line {line}: what “{text}” does cannot be drawn.</source>
        <translation>第 {line} 行：“{text}”所做的运算无法画出。</translation>
    </message>
    <message>
        <source>Line {line}: what is called in “{text}” is nothing to call.</source>
        <translation>第 {line} 行：“{text}”中调用的对象不可调用。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” is nothing to go through.</source>
        <translation>第 {line} 行：“{text}”不可遍历。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” cannot be worked out ({reason}).</source>
        <translation>第 {line} 行：无法算出“{text}”（{reason}）。</translation>
    </message>
    <message>
        <source>Line {line}: the sizes in “{text}” do not fit the tensor.</source>
        <translation>第 {line} 行：“{text}”中的尺寸与张量不符。</translation>
    </message>
    <message>
        <source>Line {line}: {argument} in “{text}” cannot be drawn.</source>
        <translation>第 {line} 行：“{text}”中的 {argument} 无法画出。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” lacks the argument {argument}.</source>
        <translation>第 {line} 行：“{text}”缺少参数 {argument}。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” has too many arguments.</source>
        <translation>第 {line} 行：“{text}”的参数过多。</translation>
    </message>
    <message>
        <source>Line {line}: what the parameter in “{text}” begins with cannot be drawn.</source>
        <translation>第 {line} 行：“{text}”中参数的初始值无法画出。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” works on the weights of a layer.</source>
        <translation>第 {line} 行：“{text}”直接操作某层的权重。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” writes into a tensor.</source>
        <translation>第 {line} 行：“{text}”就地写入张量。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” depends on the values of a tensor, which only a run has.</source>
        <translation>第 {line} 行：“{text}”取决于张量的值，只有运行时才知道。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” needs a size that is not known. Give the input in numbers.</source>
        <translation>第 {line} 行：“{text}”需要一个未知的尺寸。请用数字给出输入尺寸。</translation>
    </message>
    <message>
        <source>Line {line}: the shape of the tensor in “{text}” is not known.</source>
        <translation>第 {line} 行：“{text}”中张量的形状未知。</translation>
    </message>
    <message>
        <source>{name} has no forward.</source>
        <translation>{name} 没有 forward。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” gives no tensor.</source>
        <translation>第 {line} 行：“{text}”不返回张量。</translation>
    </message>
    <message>
        <source>Line {line}: the text ends here with “{text}”.</source>
        <translation>第 {line} 行：代码在此以“{text}”结束。</translation>
    </message>
    <message>
        <source>Line {line}: the result of “{text}” is too large.</source>
        <translation>第 {line} 行：“{text}”的结果过大。</translation>
    </message>
    <message>
        <source>Line {line}: this goes on for too long.</source>
        <translation>第 {line} 行：执行步数过多。</translation>
    </message>
    <message>
        <source>Line {line}: the calls lie too deep within each other.</source>
        <translation>第 {line} 行：调用嵌套过深。</translation>
    </message>
    <message>
        <source>Line {line}: {name} is kept as a custom layer with its own text, which runs once you allow it. {reason}</source>
        <translation>第 {line} 行：{name} 以原文保留为自定义层，经您允许后才会运行。{reason}</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” says nothing of the drawing: left out.</source>
        <translation>第 {line} 行：“{text}”与图无关，已略去。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” was taken as in evaluation, where a model does not train.</source>
        <translation>第 {line} 行：“{text}”按评估模式（不训练时）处理。</translation>
    </message>
    <message>
        <source>The sizes of the input are guessed from the first layer: {shape}.</source>
        <translation>输入尺寸是根据第一层猜测的：{shape}。</translation>
    </message>
    <message>
        <source>{path}: each cell of “{column}” holds {count} numbers. Each is a column of its own.</source>
        <translation>{path}：“{column}”的每个单元格有 {count} 个数，各成一列。</translation>
    </message>
    <message>
        <source>{path}: cells of “{column}” hold several words. Each of the {count} is a column of zeros and ones: {words}.</source>
        <translation>{path}：“{column}”的单元格含多个词，共 {count} 个，每个词成为一列 0 和 1：{words}。</translation>
    </message>
    <message>
        <source>{path} is a database, or the text of one, which is not read. Save the table that is meant as CSV once, such as with pandas.read_sql(…).to_csv(&apos;data.csv&apos;, index=False).</source>
        <translation>{path} 是数据库或其文本，无法读取。请把要用的表另存为 CSV 一次，例如 pandas.read_sql(…).to_csv(&apos;data.csv&apos;, index=False)。</translation>
    </message>
    <message>
        <source>{path} is a table of Weka, which is not read. Save it as CSV once: delete all lines up to @DATA and name the columns in the first one, or use scipy.io.arff and pandas.</source>
        <translation>{path} 是 Weka 的表，无法读取。请另存为 CSV 一次：删去 @DATA 及之前的所有行，在第一行写上列名；或使用 scipy.io.arff 和 pandas。</translation>
    </message>
    <message>
        <source>{path} is in the form of LIBSVM, index:value, which is not read. Save it as arrays once: X, y = sklearn.datasets.load_svmlight_file(file), then numpy.savez(&apos;data.npz&apos;, X=X.toarray(), y=y).</source>
        <translation>{path} 是 LIBSVM 格式（序号:值），无法读取。请另存为数组一次：X, y = sklearn.datasets.load_svmlight_file(file)，然后 numpy.savez(&apos;data.npz&apos;, X=X.toarray(), y=y)。</translation>
    </message>
    <message>
        <source>{path} holds no pictures, but other files of data: {names}. Take one of them.</source>
        <translation>{path} 里没有图片，但有其他数据文件：{names}。请使用其中一个。</translation>
    </message>
    <message>
        <source>{path} holds arrays in files of their own. Save them in one once, such as with numpy.savez(&apos;data.npz&apos;, {names}).</source>
        <translation>{path} 里的数组分别存放在各自的文件中。请合并保存一次，例如 numpy.savez(&apos;data.npz&apos;, {names})。</translation>
    </message>
    <message>
        <source>{path}: no column is called like one of labels. Those of the last one, “{column}”, are taken.</source>
        <translation>{path}：没有列的名称像标签列。已使用最后一列“{column}”。</translation>
    </message>
    <message>
        <source>{path}: each line begins with its class, as fastText has it. There are {count} classes.</source>
        <translation>{path}：每行以类别开头，是 fastText 的格式。共有 {count} 个类别。</translation>
    </message>
    <message>
        <source>{path}: each of the {count} files is taken for a class, and each line in it for a text.</source>
        <translation>{path}：{count} 个文件各视为一个类别，其中每一行视为一篇文本。</translation>
    </message>
    <message>
        <source>The loss became {got} in epoch {epoch}, step {step}. What was noticed says where that began.</source>
        <translation>损失在第 {epoch} 轮第 {step} 步变成了 {got}。“注意到的”一栏说明了它从哪里开始。</translation>
    </message>
    <message>
        <source>The training ended before its steps could be measured.</source>
        <translation>训练在测量完成前已结束。</translation>
    </message>
    <message>
        <source>A batch of {batch} takes more memory than is free; it was ended before that ran out.</source>
        <translation>批次 {batch} 所需内存超过可用量；已在耗尽前结束。</translation>
    </message>
    <message>
        <source>This code cannot be read back, so that no edit of it can be followed. Edit the drawing.</source>
        <translation>这段代码无法读回，因此无法跟随对它的任何修改。请改动图。</translation>
    </message>
    <message>
        <source>This edit cannot be followed exactly: the drawing would become something else than the code says. Edit the drawing.</source>
        <translation>无法精确跟随这一修改：得到的图会与代码所写的不同。请改动图。</translation>
    </message>
    <message>
        <source>The drawing no longer has {name}, which this edit changes.</source>
        <translation>图中已经没有这一修改所涉及的 {name}。</translation>
    </message>
    <message>
        <source>Line {line}: this is the text of a custom layer. It is edited on its own: double-click its card.</source>
        <translation>第 {line} 行：这是自定义层的文本，需要单独编辑：双击它的卡片。</translation>
    </message>
    <message>
        <source>{name} is the first to give ∞, in step {step}: it takes numbers from {least} to {greatest}, and makes more of them than float16 can hold, which ends at 65,504. bfloat16 goes as far as float32.</source>
        <translation>{name} 在第 {step} 步最先给出 ∞：它得到 {least} 到 {greatest} 的数，算出的结果超出了 float16 的范围（最大 65,504）。bfloat16 的范围与 float32 相同。</translation>
    </message>
    <message>
        <source>The loss began at {first} and is at {now}, and a step moves the weights by {moved} of their size, all steps of the run by {all} at most. The learning rate, {rate}, is too low.</source>
        <translation>损失从 {first} 开始，现在为 {now}；每一步只使权重改变其大小的 {moved}，整个训练的所有步加起来最多改变 {all}。学习率 {rate} 太低。</translation>
    </message>
    <message>
        <source>{path} cannot be read as {format}: {reason}.</source>
        <translation>无法将 {path} 作为 {format} 读取：{reason}。</translation>
    </message>
    <message>
        <source>The weights of {name} are said to lie at “{place}”, outside the folder of the model. Put them beside it.</source>
        <translation>{name} 的权重据称位于“{place}”，在模型所在文件夹之外。请将其放在模型旁边。</translation>
    </message>
    <message>
        <source>{node} ({op}) reads “{name}”, which nothing gives.</source>
        <translation>{node}（{op}）读取“{name}”，但没有任何节点给出它。</translation>
    </message>
    <message>
        <source>The output “{name}” is given by nothing.</source>
        <translation>没有任何节点给出输出“{name}”。</translation>
    </message>
    <message>
        <source>{node} ({op}) cannot be drawn, nor stood for: {reason}.</source>
        <translation>{node}（{op}）无法绘制，也无法代替：{reason}。</translation>
    </message>
    <message>
        <source>{node}: the operation {op} is not known here. A custom layer stands in its place, whose text is yet to be written.</source>
        <translation>{node}：此处不认识运算 {op}。由一个自定义层代替，其代码尚待编写。</translation>
    </message>
    <message>
        <source>{node}: {op} cannot be drawn like this ({reason}). A custom layer stands in its place, whose text is yet to be written.</source>
        <translation>{node}：{op} 无法这样绘制（{reason}）。由一个自定义层代替，其代码尚待编写。</translation>
    </message>
    <message>
        <source>The model computes in {dtype}. It was read as float32, as layers are here; results differ by as much as {dtype} rounds.</source>
        <translation>该模型以 {dtype} 计算。它按此处各层所用的 float32 读取；结果的差异不超过 {dtype} 的舍入误差。</translation>
    </message>
    <message>
        <source>The weights are not written: their names follow from the drawing once it has no errors.</source>
        <translation>权重未写出：图中没有错误之后，才能确定它们的名称。</translation>
    </message>
    <message>
        <source>This cannot be drawn: {reason}.</source>
        <translation>无法绘制：{reason}。</translation>
    </message>
    <message>
        <source>ONNX with opset {wanted} cannot be written of this network: PyTorch gives opset {made}. Choose that one or a later one.</source>
        <translation>无法以 opset {wanted} 把此网络写成 ONNX：PyTorch 给出的是 opset {made}。请选择它或更高的版本。</translation>
    </message>
    <message>
        <source>{file}: equal to the bit on {count} {samples}, batch sizes {sizes}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file}：在 {count} 个{samples}上逐位相等，批大小 {sizes}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file}: equal to {difference} on {count} {samples}, batch sizes {sizes}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file}：在 {count} 个{samples}上相等，误差不超过 {difference}，批大小 {sizes}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file}: the network draws random numbers, and in this file it draws others: its outputs differ by up to {difference} on {count} {samples}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file}：网络会抽取随机数，而此文件抽取的是另一些：在 {count} 个{samples}上输出最多相差 {difference}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file} is not equal: its numbers differ by up to {difference}, which is {share} of the largest, on {count} {samples}, batch sizes {sizes}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file} 不相等：在 {count} 个{samples}上数值最多相差 {difference}，为最大值的 {share}，批大小 {sizes}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file} is not equal: its numbers differ by up to {difference}, which is {share} of the largest, on {count} {samples}, batch sizes {sizes}: {figures}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file} 不相等：在 {count} 个{samples}上数值最多相差 {difference}，为最大值的 {share}，批大小 {sizes}：{figures}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file} is not equal: {output} has the shape {shape} where the network gives {expected}.</source>
        <translation>{file} 不相等：{output} 的形状为 {shape}，而网络给出 {expected}。</translation>
    </message>
    <message>
        <source>{file} was written, but does not run in a new process: {reason}</source>
        <translation>{file} 已写入，但无法在新进程中运行：{reason}</translation>
    </message>
    <message>
        <source>{file} was written, but in a new process it was not done within {seconds} s.</source>
        <translation>{file} 已写入，但在新进程中未能在 {seconds} 秒内完成。</translation>
    </message>
    <message>
        <source>{file} was not run again, for what runs it is not installed: pip install {packages}</source>
        <translation>{file} 未重新运行，因为运行它的软件包没有安装：pip install {packages}</translation>
    </message>
    <message>
        <source>The network is not the one that is trained.</source>
        <translation>此网络不是被训练的那一个。</translation>
    </message>
    <message>
        <source>No layer of the network has weights, so there is nothing to train. Add a layer that has, such as Linear or Conv2d.</source>
        <translation>网络中没有任何层带有权重，因此没有可训练的内容。请添加带权重的层，例如 Linear 或 Conv2d。</translation>
    </message>
    <message>
        <source>By “{figure}” the best epoch is to be found, but of the {samples} samples of validation it is no number: an area needs samples of every class, for one. As long as that is so, the weights of the newest epoch count. Decide by another figure, or validate with more samples.</source>
        <translation>最佳轮次应由“{figure}”决定，但在 {samples} 个验证样本上它不是一个数：例如，曲线下面积需要每个类别都有样本。在此期间以最新一轮的权重为准。请改用其他指标，或使用更多验证样本。</translation>
    </message>
    <message>
        <source>{file}: near the network, as it is meant to be; its numbers differ by up to {difference}, which is {share} of the largest, on {count} {samples}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file}：与网络相近，本应如此；在 {count} 个{samples}上数值最多相差 {difference}，为最大值的 {share}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{file}: near the network, as it is meant to be; its numbers differ by up to {difference}, which is {share} of the largest, on {count} {samples}: {figures}; {bytes}; {time} ms for a batch of {size}.</source>
        <translation>{file}：与网络相近，本应如此；在 {count} 个{samples}上数值最多相差 {difference}，为最大值的 {share}：{figures}；{bytes}；大小为 {size} 的一批用时 {time} 毫秒。</translation>
    </message>
    <message>
        <source>{format} cannot express {name}. PyTorch says: {reason}</source>
        <translation>{format} 无法表达 {name}。PyTorch 说：{reason}</translation>
    </message>
    <message>
        <source>{format} cannot hold the gradient that {name} computes: only Python can. Export a network without it, such as the block that is of use by itself.</source>
        <translation>{format} 无法包含 {name} 所计算的梯度：只有 Python 可以。请导出不含它的网络，例如可单独使用的块。</translation>
    </message>
    <message>
        <source>{name} lets hardly any gradient through: {gave} comes back to it, and {took} goes on to what lies before. {layer} and all before {name} hardly learn. Where its curve is flat for what it takes, give it other numbers, or leave it out.</source>
        <translation>{name} 几乎不让梯度通过：传回给它的梯度为 {gave}，继续传给前面的只有 {took}。{layer} 以及 {name} 之前的所有层几乎学不到东西。如果它的曲线在所得到的数值处是平的，请给它别的数值，或去掉它。</translation>
    </message>
    <message>
        <source>A step of the player {player} moves its weights by {moved} of their size, where about 0.1 % is usual. Its learning rate, {rate}, is too high.</source>
        <translation>玩家 {player} 的每一步使其权重改变其大小的 {moved}，通常约为 0.1 %。它的学习率 {rate} 太高。</translation>
    </message>
    <message>
        <source>The loss of the player {player} stands, and a step moves its weights by {moved} of their size, where about 0.001 is usual. Its learning rate, {rate}, is too low.</source>
        <translation>玩家 {player} 的损失停滞不前，每一步只使其权重改变其大小的 {moved}，通常约为 0.001。它的学习率 {rate} 太低。</translation>
    </message>
    <message>
        <source>The gradient of the player {player} is {ratio} of that of {other}, each measured by the weights: it hardly learns. The other has got far ahead of it, as a discriminator does that is never wrong. Slow the other down, or let it train less often.</source>
        <translation>玩家 {player} 的梯度只有 {other} 的 {ratio}（均相对于各自的权重）：它几乎学不到东西。另一方已远远领先，例如从不出错的判别器。请放慢另一方，或让它少训练几次。</translation>
    </message>
    <message>
        <source>The archive does not say what {names} may be. Give the sizes without the batch, such as 3x224x224, or tokens=T:int64 for whole numbers.</source>
        <translation>该文件没有说明 {names} 的大小。请给出不含批次的大小，例如 3x224x224；整数用 tokens=T:int64。</translation>
    </message>
    <message>
        <source>The inputs are those that the model was traced with, for any batch: {shape}.</source>
        <translation>输入取自追踪模型时的示例，批次大小任意：{shape}。</translation>
    </message>
    <message>
        <source>“{text}” in the code of the archive cannot be read.</source>
        <translation>无法读取该文件代码中的“{text}”。</translation>
    </message>
    <message>
        <source>{format} cannot hold a part called {name}, for PyTorch&apos;s programs have something of that name themselves. Rename it.</source>
        <translation>{format} 无法包含名为 {name} 的部分，因为 PyTorch 的程序自身已有此名称。请将其改名。</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>The network has an error.</source>
        <translation>网络有 1 个错误。</translation>
    </message>
    <message>
        <source>The network has {0} errors.</source>
        <translation>网络有 {0} 个错误。</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message numerus="yes">
        <source>{0} and in %n other use(s)</source>
        <translation>
            <numerusform>{0} 以及另外 %n 处使用</numerusform>
        </translation>
    </message>
    <message>
        <source>No problems. The network can be trained and exported.</source>
        <translation>没有问题。网络可以训练和导出。</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>……还有 {0} 个</translation>
    </message>
    <message numerus="yes">
        <source>%n dismissed</source>
        <translation>
            <numerusform>已忽略 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismissed, but not known to this version of Layerweft: {0}</source>
        <translation>已忽略，但此版本的 Layerweft 不认识：{0}</translation>
    </message>
    <message>
        <source>No problems so far. What is to be mended appears here.</source>
        <translation>目前没有问题。需要改正之处会显示在这里。</translation>
    </message>
</context>
<context>
    <name>ProcessorsPanel</name>
    <message>
        <source>processors</source>
        <translation>处理器</translation>
    </message>
</context>
<context>
    <name>PruningDialog</name>
    <message>
        <source>Prune a Trained Network</source>
        <translation>剪枝已训练的网络</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Channels, heads and neurons are taken away with all that makes and reads them: the drawing becomes smaller, keeps its blocks, and learns on from what stays.</source>
        <translation>去掉通道、注意力头和神经元，连同产生和读取它们的一切：图变小，模块保留，并从留下的权重继续学习。</translation>
    </message>
    <message>
        <source>Least L2 norm of the weights</source>
        <translation>权重的 L2 范数最小者</translation>
    </message>
    <message>
        <source>Least L1 norm of the weights</source>
        <translation>权重的 L1 范数最小者</translation>
    </message>
    <message>
        <source>At random, to compare with</source>
        <translation>随机，用于对比</translation>
    </message>
    <message>
        <source>of each layer</source>
        <translation>每一层都减</translation>
    </message>
    <message>
        <source>of all, where least is lost</source>
        <translation>从全部之中减，损失最小处优先</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Trained in</source>
        <translation>训练于</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>No run of this very network is kept: train it first, then prune it.</source>
        <translation>没有保存过这个网络的运行：请先训练，再剪枝。</translation>
    </message>
    <message>
        <source>The run is being read …</source>
        <translation>正在读取该运行……</translation>
    </message>
    <message>
        <source>Now: {0} parameters, {1} multiply-adds, {2} on {3} samples</source>
        <translation>现在：{0} 个参数，{1} 次乘加，在 {3} 个样本上{2}</translation>
    </message>
    <message>
        <source>A layer norm measures what is left.</source>
        <translation>层归一化会按留下的部分重新计算。</translation>
    </message>
    <message>
        <source>Nothing can go: every layer is needed whole.</source>
        <translation>没有可去掉的：每一层都必须完整。</translation>
    </message>
    <message>
        <source>Working out what stays …</source>
        <translation>正在计算留下的部分……</translation>
    </message>
    <message>
        <source>Then: {0} parameters ({1}), {2} multiply-adds ({3}), {4} before it learns on</source>
        <translation>之后：{0} 个参数（{1}），{2} 次乘加（{3}），继续学习之前{4}</translation>
    </message>
    <message>
        <source>The weights cannot be kept: {0}</source>
        <translation>权重无法保存：{0}</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>{0} right</source>
        <translation>正确率 {0}</translation>
    </message>
    <message>
        <source>without {0}</source>
        <translation>去掉 {0}</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>由谁产生</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>To go</source>
        <translation>去掉</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>查找范围(&amp;L)：</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>文件类型(&amp;T)：</translation>
    </message>
</context>
<context>
    <name>QuickAdd</name>
    <message>
        <source>Layer and sizes, such as: conv 64 3 s2</source>
        <translation>层和大小，例如：conv 64 3 s2</translation>
    </message>
    <message>
        <source>{0} takes no “{1}”.</source>
        <translation>{0} 不接受“{1}”。</translation>
    </message>
    <message>
        <source>At most {0} layers can be added at once.</source>
        <translation>一次最多添加 {0} 个层。</translation>
    </message>
    <message>
        <source>No layer is called “{0}”.</source>
        <translation>没有名为“{0}”的层。</translation>
    </message>
    <message>
        <source>How many channels come is not known here, so “{0}” cannot be read: select the layer before it, or begin with “input 3x32x32 &gt;”.</source>
        <translation>这里不知道有多少输入通道，所以无法理解“{0}”：请先选中它前面的层，或者以“input 3x32x32 &gt;”开头。</translation>
    </message>
    <message>
        <source>A norm of weights belongs to a layer: select it, and choose the norm on the right.</source>
        <translation>权重的归一化属于某一层：请选中该层，然后在右侧选择。</translation>
    </message>
</context>
<context>
    <name>RateCurve</name>
    <message>
        <source>The learning rate over the run: from {0} to {1}, at most {2}.</source>
        <translation>整个运行中的学习率：从 {0} 到 {1}，最高 {2}。</translation>
    </message>
</context>
<context>
    <name>RateFinder</name>
    <message>
        <source>Find a learning rate</source>
        <translation>寻找学习率</translation>
    </message>
    <message>
        <source>A copy of the network is trained for {0} steps while the rate rises. Good rates lie where the loss falls fastest, well before it rises again.</source>
        <translation>用网络的副本训练 {0} 步，学习率逐步升高。合适的学习率在损失下降最快处，远早于其再次上升处。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>第 {0} / {1} 步</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>采用 {0}</translation>
    </message>
    <message>
        <source>The loss does not fall at any rate, so none can be suggested. Is the loss the right one, and are the inputs scaled?</source>
        <translation>在任何学习率下损失都不下降，因此无法给出建议。损失函数是否合适？输入是否已缩放？</translation>
    </message>
    <message>
        <source>Rate {0}. Drag the line to choose another one.</source>
        <translation>学习率 {0}。拖动竖线可另选。</translation>
    </message>
</context>
<context>
    <name>RatePanel</name>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
</context>
<context>
    <name>ReadButton</name>
    <message>
        <source>Read and Allow…</source>
        <translation>阅读并允许…</translation>
    </message>
</context>
<context>
    <name>ReadyBlock</name>
    <message>
        <source>Conv BN ReLU</source>
        <translation>卷积块 Conv BN ReLU</translation>
    </message>
    <message>
        <source>Squeeze excite</source>
        <translation>通道注意力 Squeeze excite</translation>
    </message>
    <message>
        <source>Basic block</source>
        <translation>残差块 Basic block</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>瓶颈块 Bottleneck</translation>
    </message>
    <message>
        <source>Inverted residual</source>
        <translation>倒残差块 Inverted residual</translation>
    </message>
    <message>
        <source>Dense layer</source>
        <translation>密集连接层 Dense layer</translation>
    </message>
    <message>
        <source>Inception</source>
        <translation>多分支卷积 Inception</translation>
    </message>
    <message>
        <source>U-Net down</source>
        <translation>下采样块 U-Net down</translation>
    </message>
    <message>
        <source>U-Net up</source>
        <translation>上采样块 U-Net up</translation>
    </message>
    <message>
        <source>Patch embedding</source>
        <translation>图块嵌入 Patch embedding</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自注意力块 Self-attention</translation>
    </message>
    <message>
        <source>Transformer encoder block</source>
        <translation>编码器块 Transformer encoder block</translation>
    </message>
    <message>
        <source>Transformer decoder block</source>
        <translation>解码器块 Transformer decoder block</translation>
    </message>
</context>
<context>
    <name>RealField</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>auto ({0})</source>
        <translation>自动（{0}）</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>{0} Click to go there.</source>
        <translation>{0}点击前往。</translation>
    </message>
</context>
<context>
    <name>Recipe</name>
    <message>
        <source>The weight is learned as a direction and a magnitude for each of its rows (Salimans and Kingma 2016).</source>
        <translation>权重的每一行分别以方向和大小来学习（Salimans 和 Kingma 2016）。</translation>
    </message>
    <message>
        <source>The weight is divided by its largest singular value, as in the discriminators of GANs (Miyato et al. 2018).</source>
        <translation>权重除以其最大奇异值，常用于 GAN 的判别器（Miyato 等 2018）。</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>1,797 handwritten digits of 8×8 pixels.</source>
        <translation>1,797 个 8×8 像素的手写数字。</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>150 irises of three species, four measurements each.</source>
        <translation>150 朵三种鸢尾花，每朵四项测量值。</translation>
    </message>
    <message>
        <source>Wine</source>
        <translation>葡萄酒</translation>
    </message>
    <message>
        <source>178 wines of three growers, thirteen chemical measurements each.</source>
        <translation>三个产地的 178 种葡萄酒，每种十三项化学测量值。</translation>
    </message>
    <message>
        <source>Breast cancer</source>
        <translation>乳腺癌</translation>
    </message>
    <message>
        <source>569 tumours, malignant or benign, thirty measurements each.</source>
        <translation>569 例恶性或良性肿瘤，每例三十项测量值。</translation>
    </message>
    <message>
        <source>Diabetes</source>
        <translation>糖尿病</translation>
    </message>
    <message>
        <source>442 patients, ten measurements each, and how their diabetes went on.</source>
        <translation>442 位患者，每位十项测量值，以及其糖尿病的发展情况。</translation>
    </message>
    <message>
        <source>Penguins</source>
        <translation>企鹅</translation>
    </message>
    <message>
        <source>344 penguins of three species: where, how large, of which sex; with gaps.</source>
        <translation>三个物种的 344 只企鹅：产地、大小、性别；含缺失值。</translation>
    </message>
    <message>
        <source>Coloured pictures</source>
        <translation>彩色图片</translation>
    </message>
    <message>
        <source>Coloured pictures of 32×32 pixels of six kinds of things; those that test are never seen in training, in no colour and no place.</source>
        <translation>六类事物的 32×32 像素彩色图片；用于测试的图形在训练中从未出现，无论何种颜色、何种位置。</translation>
    </message>
    <message>
        <source>Shakespeare: going on</source>
        <translation>莎士比亚：续写</translation>
    </message>
    <message>
        <source>A play of Shakespeare to go on with, letter by letter, word by word or in parts of words.</source>
        <translation>要续写的一部莎士比亚戏剧，逐字母、逐词或按词的片段。</translation>
    </message>
    <message>
        <source>Shakespeare: which kind of play</source>
        <translation>莎士比亚：哪一类戏剧</translation>
    </message>
    <message>
        <source>Passages of nine plays of Shakespeare: comedy, history or tragedy?</source>
        <translation>九部莎士比亚戏剧的片段：喜剧、历史剧还是悲剧？</translation>
    </message>
    <message>
        <source>Sunspots</source>
        <translation>太阳黑子</translation>
    </message>
    <message>
        <source>How many spots the sun had, each year from 1700 to 2008.</source>
        <translation>1700 年至 2008 年每年的太阳黑子数。</translation>
    </message>
    <message>
        <source>Carbon dioxide</source>
        <translation>二氧化碳</translation>
    </message>
    <message>
        <source>Carbon dioxide in the air of Mauna Loa, each week from 1958 to 2001.</source>
        <translation>1958 年至 2001 年每周莫纳罗亚空气中的二氧化碳。</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Points in the plane around eight places on a circle, for networks that draw new ones.</source>
        <translation>平面上围绕圆周上八处的点，供生成新点的网络使用。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>Points on a straight line with noise: y = 2x − 1.</source>
        <translation>带噪声的直线上的点：y = 2x − 1。</translation>
    </message>
    <message>
        <source>Sine</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>Points on a sine curve with noise.</source>
        <translation>带噪声的正弦曲线上的点。</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>月牙</translation>
    </message>
    <message>
        <source>Two half moons in the plane, one in the other.</source>
        <translation>平面上两个相互嵌套的半月。</translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Spiral arms in the plane, wound round each other.</source>
        <translation>平面上相互缠绕的螺旋臂。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Points in the plane: 1 where exactly one coordinate is positive.</source>
        <translation>平面上的点：恰有一个坐标为正时为 1。</translation>
    </message>
    <message>
        <source>Order of pulses</source>
        <translation>脉冲顺序</translation>
    </message>
    <message>
        <source>Two noisy signals with one pulse each: which pulse comes first?</source>
        <translation>两路带噪声的信号，各有一个脉冲：哪个脉冲先到？</translation>
    </message>
    <message>
        <source>IDX folder (MNIST files)</source>
        <translation>IDX 文件夹（MNIST 文件）</translation>
    </message>
    <message>
        <source>The full Fashion-MNIST, MNIST or any like it, from a folder of IDX files.</source>
        <translation>来自 IDX 文件夹的完整 Fashion-MNIST、MNIST 或同类数据。</translation>
    </message>
    <message>
        <source>Arrays of a NumPy, safetensors or HDF5 file, or of a folder of .npy files.</source>
        <translation>NumPy、safetensors 或 HDF5 文件中的数组，或一个文件夹里的 .npy 文件。</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Folder of texts</source>
        <translation>文本文件夹</translation>
    </message>
    <message>
        <source>Texts in folders, one folder for each class.</source>
        <translation>文件夹中的文本，每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Your own Python</source>
        <translation>自己的 Python</translation>
    </message>
    <message>
        <source>Samples that a function of your own yields. It runs in a process of its own, and only where you have allowed its text.</source>
        <translation>由您自己的函数产生的样本。它在单独的进程中运行，且仅在您允许其文本之后。</translation>
    </message>
    <message>
        <source>Folder of sounds</source>
        <translation>声音文件夹</translation>
    </message>
    <message>
        <source>Sounds in folders, one folder for each class.</source>
        <translation>文件夹中的声音，每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Series over time</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>A table over time: windows of one or several variables, and what comes after them.</source>
        <translation>随时间变化的表格：一个或多个变量的窗口，以及其后的值。</translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>For one of several classes; takes raw scores and applies softmax itself.</source>
        <translation>用于多个类别之一；接受原始得分，并自行应用 softmax。</translation>
    </message>
    <message>
        <source>Negative log likelihood</source>
        <translation>负对数似然</translation>
    </message>
    <message>
        <source>For one of several classes; takes log-probabilities, as from LogSoftmax.</source>
        <translation>用于多个类别之一；接受对数概率，例如 LogSoftmax 的输出。</translation>
    </message>
    <message>
        <source>Multi-class margin</source>
        <translation>多类间隔</translation>
    </message>
    <message>
        <source>For one of several classes; the right score must lead by a margin.</source>
        <translation>用于多个类别之一；正确得分必须领先一个间隔。</translation>
    </message>
    <message>
        <source>Binary cross entropy with logits</source>
        <translation>带 logits 的二元交叉熵</translation>
    </message>
    <message>
        <source>For yes or no; takes raw scores and applies sigmoid itself.</source>
        <translation>用于是或否；接受原始得分，并自行应用 sigmoid。</translation>
    </message>
    <message>
        <source>Binary cross entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>For yes or no; takes probabilities, as from Sigmoid.</source>
        <translation>用于是或否；接受概率，例如 Sigmoid 的输出。</translation>
    </message>
    <message>
        <source>Multi-label soft margin</source>
        <translation>多标签软间隔</translation>
    </message>
    <message>
        <source>For yes or no of several labels at once; takes raw scores, one for each label.</source>
        <translation>用于同时判断多个标签的是或否；接受原始得分，每个标签一个。</translation>
    </message>
    <message>
        <source>Soft margin</source>
        <translation>软间隔</translation>
    </message>
    <message>
        <source>For yes or no; takes raw scores, which a logistic curve holds against the sign.</source>
        <translation>用于是或否；接受原始得分，用逻辑曲线与符号比较。</translation>
    </message>
    <message>
        <source>Hinge embedding</source>
        <translation>合页嵌入</translation>
    </message>
    <message>
        <source>For alike or not; takes distances, which are to be small for class 1, else large.</source>
        <translation>用于相似与否；接受距离，类别 1 时应小，否则应大。</translation>
    </message>
    <message>
        <source>Mean square</source>
        <translation>均方</translation>
    </message>
    <message>
        <source>Mean squared error, the usual one for numbers.</source>
        <translation>均方误差，数值目标常用的损失。</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>平均绝对</translation>
    </message>
    <message>
        <source>Mean absolute error: outliers weigh less.</source>
        <translation>平均绝对误差：离群值影响较小。</translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation>平滑 L1</translation>
    </message>
    <message>
        <source>Squared for small errors and absolute for large ones.</source>
        <translation>小误差取平方，大误差取绝对值。</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber</translation>
    </message>
    <message>
        <source>Squared for small errors and straight for large ones.</source>
        <translation>小误差取平方，大误差按直线增长。</translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation>泊松</translation>
    </message>
    <message>
        <source>For counts, taken to be Poisson-distributed.</source>
        <translation>用于计数，假定服从泊松分布。</translation>
    </message>
    <message>
        <source>Kullback–Leibler divergence</source>
        <translation>Kullback–Leibler 散度</translation>
    </message>
    <message>
        <source>For whole distributions; holds log-probabilities against probabilities.</source>
        <translation>用于整个分布；将对数概率与概率比较。</translation>
    </message>
    <message>
        <source>The output itself</source>
        <translation>输出本身</translation>
    </message>
    <message>
        <source>For an output that is to be small: that of a loss layer, which may take several tensors, or of one&apos;s own formula. Its mean is minimised.</source>
        <translation>用于应当变小的输出：可以是接收多个张量的损失层的输出，也可以是自己的公式。最小化其均值。</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Stochastic gradient descent: steps along the gradient, with momentum if wanted.</source>
        <translation>随机梯度下降：沿梯度走步，可带动量。</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Gives each weight a step size of its own; a good first choice.</source>
        <translation>给每个权重自己的步长；很好的首选。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Adam with weight decay apart from the gradient, as used for transformers.</source>
        <translation>将权重衰减与梯度分开的 Adam，用于 Transformer。</translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation>NAdam</translation>
    </message>
    <message>
        <source>Adam with Nesterov momentum.</source>
        <translation>带 Nesterov 动量的 Adam。</translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>Adam that warms up by itself.</source>
        <translation>自行预热的 Adam。</translation>
    </message>
    <message>
        <source>Adamax</source>
        <translation>Adamax</translation>
    </message>
    <message>
        <source>Adam with the largest instead of the mean square gradient.</source>
        <translation>用最大梯度代替均方梯度的 Adam。</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Divides steps by the recent size of the gradient.</source>
        <translation>将步长除以近期梯度的大小。</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>Divides steps by the size of all gradients so far.</source>
        <translation>将步长除以迄今所有梯度的大小。</translation>
    </message>
    <message>
        <source>Adadelta</source>
        <translation>Adadelta</translation>
    </message>
    <message>
        <source>Finds the size of its steps by itself.</source>
        <translation>自行确定步长。</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>The learning rate stays as it is.</source>
        <translation>学习率保持不变。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>Falls by a factor every so many epochs.</source>
        <translation>每隔若干轮按一个因子下降。</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>Falls by a factor every epoch.</source>
        <translation>每轮按一个因子下降。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Falls along a half cosine.</source>
        <translation>沿半个余弦下降。</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>Rises to a top and falls to almost nothing, step by step over the whole run.</source>
        <translation>在整个运行中逐步升到最高点，再降到几乎为零。</translation>
    </message>
    <message>
        <source>Linear warm-up</source>
        <translation>线性预热</translation>
    </message>
    <message>
        <source>Rises in a straight line over the first epochs: a warm-up.</source>
        <translation>在最初几轮中直线上升：即预热。</translation>
    </message>
    <message>
        <source>On plateau</source>
        <translation>平台期下降</translation>
    </message>
    <message>
        <source>Evaluates and keeps the mean of the weights after each of the later epochs. The statistics of batch norms are measured anew for it, by one more pass through the training samples.</source>
        <translation>对后期各轮之后的权重取平均，用它来评估并保存。批归一化的统计量会为它重新测量，为此再遍历一次训练样本。</translation>
    </message>
    <message>
        <source>Several processes (torchrun)</source>
        <translation>多进程（torchrun）</translation>
    </message>
    <message>
        <source>Shares every batch among processes, each on a device of its own if there are several.</source>
        <translation>将每个批次分给多个进程；若有多个设备，每个进程各用一个。</translation>
    </message>
    <message>
        <source>At random, or as the data are split</source>
        <translation>随机，或按数据自带的划分</translation>
    </message>
    <message>
        <source>By chance, with each class spread evenly. Where the data are split already, that is kept, and only what it lacks is taken from the training samples.</source>
        <translation>随机，各类别均匀分布。数据已有划分时予以保留，只有缺少的部分从训练样本中取。</translation>
    </message>
    <message>
        <source>Purely at random</source>
        <translation>完全随机</translation>
    </message>
    <message>
        <source>By chance alone, whatever the classes are and however the data were split.</source>
        <translation>完全随机，不管类别，也不管数据原来如何划分。</translation>
    </message>
    <message>
        <source>Stratified by an array</source>
        <translation>按某个数组分层</translation>
    </message>
    <message>
        <source>By chance, with the values of an array spread evenly: its classes, or its numbers by how large they are.</source>
        <translation>随机，并让某个数组的值均匀分布：类别按类，数值按大小。</translation>
    </message>
    <message>
        <source>By group</source>
        <translation>按组</translation>
    </message>
    <message>
        <source>By chance, but what is of one group is never parted: all pictures of a patient, all rows of a customer. A column with the role “group” says what belongs together.</source>
        <translation>随机，但同一组的样本不会拆开：同一位病人的所有图片、同一位顾客的所有行。由用途为“分组”的列说明哪些属于一组。</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>The last samples test, those before them validate, and the first train: in the order of a date, or else in that of the data. For what is to be forecast.</source>
        <translation>最后的样本用于测试，之前的用于验证，最早的用于训练：按日期的顺序，没有日期则按数据的顺序。用于预测未来。</translation>
    </message>
    <message>
        <source>K folds</source>
        <translation>K 折</translation>
    </message>
    <message>
        <source>In folds of equal size, of which one validates and the others train. Runs with each fold in turn make a cross-validation. The test split is set aside before.</source>
        <translation>分成大小相同的若干折，一折用于验证，其余用于训练。依次用每一折各运行一次就是交叉验证。测试部分事先留出。</translation>
    </message>
    <message>
        <source>The data&apos;s own</source>
        <translation>数据自带的划分</translation>
    </message>
    <message>
        <source>As the data are split already, by folders, arrays or a column. What that lacks is taken from its training samples by chance.</source>
        <translation>按数据已有的划分：文件夹、数组或某一列。缺少的部分从训练样本中随机取。</translation>
    </message>
    <message>
        <source>Fixed numbers</source>
        <translation>固定数量</translation>
    </message>
    <message>
        <source>By chance, with each class spread evenly, in fixed numbers of samples.</source>
        <translation>随机，各类别均匀分布，样本数量固定。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Scales the features by figures of the training split, in another way than by mean and deviation. It is done to all samples, also when predicting.</source>
        <translation>用训练部分的统计量缩放特征，而不只是按均值和标准差。对所有样本都这样做，预测时也一样。</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>Mirrors some pictures, left for right.</source>
        <translation>把一部分图片左右翻转。</translation>
    </message>
    <message>
        <source>Flip up and down</source>
        <translation>上下翻转</translation>
    </message>
    <message>
        <source>Turns some pictures upside down, as a mirror does.</source>
        <translation>把一部分图片上下翻转，如同镜像。</translation>
    </message>
    <message>
        <source>Crop with padding</source>
        <translation>加边框后裁剪</translation>
    </message>
    <message>
        <source>Puts a border around pictures and cuts a piece of their former size out of that, at a random place.</source>
        <translation>在图片周围加上边框，再从随机位置裁出原来大小的一块。</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turns pictures about their middle.</source>
        <translation>让图片绕中心旋转。</translation>
    </message>
    <message>
        <source>Shift, zoom and shear</source>
        <translation>平移、缩放与错切</translation>
    </message>
    <message>
        <source>Shifts pictures, makes them larger or smaller, and slants them.</source>
        <translation>平移图片、放大或缩小，并使其倾斜。</translation>
    </message>
    <message>
        <source>Brightness and contrast</source>
        <translation>亮度与对比度</translation>
    </message>
    <message>
        <source>Makes pictures brighter or darker, and their contrasts larger or smaller.</source>
        <translation>让图片变亮或变暗，对比度变大或变小。</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Makes colours stronger or paler, and turns them into others.</source>
        <translation>让颜色变浓或变淡，并改变色相。</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Blurs pictures, each as much as chance says.</source>
        <translation>模糊图片，每张的程度随机。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Adds normal noise to every number: to pixels, to features, to the steps of a series.</source>
        <translation>给每个数值加上正态噪声：像素、特征、序列的每一步。</translation>
    </message>
    <message>
        <source>Erase a rectangle</source>
        <translation>擦去矩形</translation>
    </message>
    <message>
        <source>Sets a rectangle of some pictures to 0 (Zhong et al. 2020).</source>
        <translation>把一部分图片中的一个矩形设为 0（Zhong 等，2020）。</translation>
    </message>
    <message>
        <source>MixUp</source>
        <translation>MixUp</translation>
    </message>
    <message>
        <source>Lays two samples over each other, and their targets too (Zhang et al. 2018). Figures of the training split count the one that it has more of.</source>
        <translation>把两个样本叠在一起，目标也一样（Zhang 等，2018）。训练部分的指标按占比较大的那个计算。</translation>
    </message>
    <message>
        <source>Puts a rectangle of another picture into each, and mixes their targets by its size (Yun et al. 2019). Figures of the training split count the one that it has more of.</source>
        <translation>在每张图片中放入另一张的一个矩形，并按其大小混合目标（Yun 等，2019）。训练部分的指标按占比较大的那个计算。</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>CutMix</translation>
    </message>
    <message>
        <source>RandAugment</source>
        <translation>RandAugment</translation>
    </message>
    <message>
        <source>Does some of eight things to each picture, drawn anew: turn, slant, shift two ways, zoom, brighten, change its contrast, or nothing (after Cubuk et al. 2020).</source>
        <translation>对每张图片随机做八件事中的几件：旋转、倾斜、横向或纵向平移、缩放、变亮、改变对比度，或什么也不做（参照 Cubuk 等，2020）。</translation>
    </message>
    <message>
        <source>Drop features</source>
        <translation>丢弃特征</translation>
    </message>
    <message>
        <source>Sets some numbers of each sample to 0, which is their mean where data are scaled.</source>
        <translation>把每个样本的一部分数值设为 0；数据缩放后，0 就是均值。</translation>
    </message>
    <message>
        <source>Scale variables</source>
        <translation>缩放各变量</translation>
    </message>
    <message>
        <source>Multiplies each variable of a series by a number near 1.</source>
        <translation>把序列的每个变量乘以一个接近 1 的数。</translation>
    </message>
    <message>
        <source>Shift in time</source>
        <translation>时间平移</translation>
    </message>
    <message>
        <source>Moves series in time; what is missing then is as the first or the last step.</source>
        <translation>把序列在时间上平移；空出的部分取第一步或最后一步的值。</translation>
    </message>
    <message>
        <source>Crop in time</source>
        <translation>时间裁剪</translation>
    </message>
    <message>
        <source>Cuts a piece out of each series at a random place, and stretches it to the whole length.</source>
        <translation>从每个序列的随机位置截取一段，再拉伸到全长。</translation>
    </message>
    <message>
        <source>Mask words</source>
        <translation>遮盖词</translation>
    </message>
    <message>
        <source>Puts another index in place of some words.</source>
        <translation>用另一个索引替换一部分词。</translation>
    </message>
    <message>
        <source>Normal numbers that keep their size through ReLU layers (He et al. 2015).</source>
        <translation>正态分布的随机数，经过 ReLU 层后大小保持不变（He 等，2015）。</translation>
    </message>
    <message>
        <source>Evenly spread numbers that keep their size through ReLU layers (He et al. 2015).</source>
        <translation>均匀分布的随机数，经过 ReLU 层后大小保持不变（He 等，2015）。</translation>
    </message>
    <message>
        <source>Normal numbers that keep their size both ways (Glorot and Bengio 2010).</source>
        <translation>正态分布的随机数，前向和反向的大小都保持不变（Glorot 与 Bengio，2010）。</translation>
    </message>
    <message>
        <source>Evenly spread numbers that keep their size both ways (Glorot and Bengio 2010).</source>
        <translation>均匀分布的随机数，前向和反向的大小都保持不变（Glorot 与 Bengio，2010）。</translation>
    </message>
    <message>
        <source>Normal numbers, none of them outside two bounds, as in vision transformers.</source>
        <translation>截断正态分布的随机数，都在上下界之内，常用于视觉 Transformer。</translation>
    </message>
    <message>
        <source>Normal numbers.</source>
        <translation>正态分布的随机数。</translation>
    </message>
    <message>
        <source>Evenly spread numbers between two bounds.</source>
        <translation>上下界之间均匀分布的随机数。</translation>
    </message>
    <message>
        <source>A matrix that turns without stretching, as for recurrent layers (Saxe et al. 2013).</source>
        <translation>只旋转不拉伸的正交矩阵，适合循环层（Saxe 等，2013）。</translation>
    </message>
    <message>
        <source>Zeros, as for the last norm of a residual branch.</source>
        <translation>全零，例如残差分支的最后一个归一化层。</translation>
    </message>
    <message>
        <source>Ones.</source>
        <translation>全一。</translation>
    </message>
    <message>
        <source>One number everywhere.</source>
        <translation>处处为同一个数。</translation>
    </message>
    <message>
        <source>The unit matrix: what comes in goes out.</source>
        <translation>单位矩阵：输入什么就输出什么。</translation>
    </message>
    <message>
        <source>A convolution that gives what comes in, as far as there are channels.</source>
        <translation>恒等卷积：在通道数允许的范围内，输入什么就输出什么。</translation>
    </message>
    <message>
        <source>Normal numbers, a share of each column of which is zero (Martens 2010).</source>
        <translation>正态分布的随机数，每列中有一部分为零（Martens，2010）。</translation>
    </message>
    <message>
        <source>As PyTorch does</source>
        <translation>PyTorch 默认</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Which figure of the validation split says which epoch is the best, whose weights are kept; early stopping and the schedule “On plateau” heed it too. Without this it is the loss.</source>
        <translation>由验证集上的哪个指标决定最佳轮次并保留其权重；提前停止和“平台期下降”调度也以它为准。不选则以损失为准。</translation>
    </message>
    <message>
        <source>Clip gradients by norm</source>
        <translation>按范数裁剪梯度</translation>
    </message>
    <message>
        <source>Shortens the gradient of all weights together where it is longer than this.</source>
        <translation>所有权重的梯度合起来过长时，将其缩短到此长度。</translation>
    </message>
    <message>
        <source>Clip gradients by value</source>
        <translation>按数值裁剪梯度</translation>
    </message>
    <message>
        <source>Cuts each number of the gradient to a range around 0.</source>
        <translation>把梯度的每个数限制在 0 附近的范围内。</translation>
    </message>
    <message>
        <source>Accumulate gradients</source>
        <translation>累积梯度</translation>
    </message>
    <message>
        <source>Adds up the gradients of several batches before each step, as if they were one.</source>
        <translation>每一步之前累加几个批次的梯度，如同一个大批次。</translation>
    </message>
    <message>
        <source>Mixed precision</source>
        <translation>混合精度</translation>
    </message>
    <message>
        <source>Computes the forward pass with 16-bit numbers, as GPUs do fastest.</source>
        <translation>用 16 位数计算前向传播，GPU 这样最快。</translation>
    </message>
    <message>
        <source>No decay of norms and biases</source>
        <translation>归一化与偏置不衰减</translation>
    </message>
    <message>
        <source>Leaves biases and the weights of norms, which have one dimension, without decay.</source>
        <translation>偏置与归一化层的权重（一维）不做权重衰减。</translation>
    </message>
    <message>
        <source>L1 penalty</source>
        <translation>L1 惩罚</translation>
    </message>
    <message>
        <source>Adds the absolute values of all weights to the loss, times a factor.</source>
        <translation>把所有权重的绝对值乘以系数加到损失中。</translation>
    </message>
    <message>
        <source>L2 penalty</source>
        <translation>L2 惩罚</translation>
    </message>
    <message>
        <source>Adds the squares of all weights to the loss, times a factor.</source>
        <translation>把所有权重的平方乘以系数加到损失中。</translation>
    </message>
    <message>
        <source>Average the weights (EMA)</source>
        <translation>权重滑动平均（EMA）</translation>
    </message>
    <message>
        <source>Evaluates and keeps a moving average of the weights instead of the last ones.</source>
        <translation>评估并保留权重的滑动平均，而不是最后的权重。</translation>
    </message>
    <message>
        <source>Average the later epochs (SWA)</source>
        <translation>后期各轮平均（SWA）</translation>
    </message>
    <message>
        <source>Keep batch norm statistics</source>
        <translation>保持批归一化统计量</translation>
    </message>
    <message>
        <source>Leaves the statistics of batch normalisation as they are: for fine-tuning.</source>
        <translation>批归一化的统计量保持不变：用于微调。</translation>
    </message>
    <message>
        <source>Channels last</source>
        <translation>通道在后</translation>
    </message>
    <message>
        <source>Keeps pictures with their channels last in memory, as GPUs convolve them fastest.</source>
        <translation>图片在内存中以通道在后存放，GPU 这样卷积最快。</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>Has torch.compile make one program of the network, which takes a while at first.</source>
        <translation>用 torch.compile 把网络编译成一个程序，开始时需要一些时间。</translation>
    </message>
    <message>
        <source>Detect anomalies</source>
        <translation>检测异常</translation>
    </message>
    <message>
        <source>Tells which operation gave a gradient that is not a number; makes training slow.</source>
        <translation>指出哪个运算给出了非数的梯度；训练会变慢。</translation>
    </message>
    <message>
        <source>Deterministic</source>
        <translation>确定性</translation>
    </message>
    <message>
        <source>Has torch use only what gives the same result each time, on a GPU too.</source>
        <translation>让 torch 只使用每次结果都相同的算法，GPU 上也一样。</translation>
    </message>
    <message>
        <source>Adafactor</source>
        <translation>Adafactor</translation>
    </message>
    <message>
        <source>Keeps sums over rows and columns instead of a square for each weight: little memory.</source>
        <translation>只保留行与列的和，而不是每个权重的平方：占内存少。</translation>
    </message>
    <message>
        <source>ASGD</source>
        <translation>ASGD</translation>
    </message>
    <message>
        <source>Stochastic gradient descent that keeps an average of the weights.</source>
        <translation>保留权重平均值的随机梯度下降。</translation>
    </message>
    <message>
        <source>Rprop</source>
        <translation>Rprop</translation>
    </message>
    <message>
        <source>Goes by the sign of the gradient alone: for all samples in one batch.</source>
        <translation>只看梯度的符号：适用于全部样本为一个批次。</translation>
    </message>
    <message>
        <source>Cosine with restarts</source>
        <translation>余弦重启</translation>
    </message>
    <message>
        <source>Falls along a half cosine again and again.</source>
        <translation>反复沿半个余弦下降。</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>Falls to zero: in a straight line, or along a power of what is left.</source>
        <translation>降到零：沿直线，或沿剩余部分的幂。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Pictures in folders by class, with masks, marked objects or a table of labels, or alone.</source>
        <translation>按类别分文件夹的图片，或带掩码、物体标注、标签表格的图片，或只有图片。</translation>
    </message>
    <message>
        <source>The share of elements whose class is predicted right.</source>
        <translation>类别预测正确的元素所占的比例。</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>平衡准确率</translation>
    </message>
    <message>
        <source>The mean over the classes of the share that is found: rare ones count as much.</source>
        <translation>各类别召回率的平均值：罕见类别同样重要。</translation>
    </message>
    <message>
        <source>Top-k accuracy</source>
        <translation>前 k 准确率</translation>
    </message>
    <message>
        <source>The share of elements whose class is among the k highest scores.</source>
        <translation>正确类别位于得分最高的 k 个之中的元素所占的比例。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>The share of what is taken for a class that is it.</source>
        <translation>被判为某类别的元素中确实属于该类别的比例。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>The share of a class that is found.</source>
        <translation>某类别中被找出的比例。</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>The harmonic mean of precision and recall.</source>
        <translation>精确率与召回率的调和平均数。</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>交并比</translation>
    </message>
    <message>
        <source>What is a class and is taken for it, over what is either: the overlap of masks.</source>
        <translation>属于某类别且被判为该类别的部分，除以两者的并集：掩码的重叠程度。</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice 系数</translation>
    </message>
    <message>
        <source>Twice the overlap of two masks over the sum of their sizes.</source>
        <translation>两个掩码重叠部分的两倍除以它们的大小之和。</translation>
    </message>
    <message>
        <source>ROC-AUC</source>
        <translation>ROC-AUC</translation>
    </message>
    <message>
        <source>How often something of a class has a higher score than something else. It keeps all scores of a split.</source>
        <translation>属于某类别的元素得分高于其他元素的频率。它会保留一个划分的全部得分。</translation>
    </message>
    <message>
        <source>PR-AUC (average precision)</source>
        <translation>PR-AUC（平均精确率）</translation>
    </message>
    <message>
        <source>The mean precision over all thresholds of the score. It keeps all scores of a split.</source>
        <translation>得分的所有阈值上的平均精确率。它会保留一个划分的全部得分。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>How often each class is taken for each: true classes in rows.</source>
        <translation>每个类别被判为各类别的次数：行是真实类别。</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>How far confidence is from the share that is right, in bins of equal width (ECE).</source>
        <translation>等宽区间内置信度与正确比例之间的差距（ECE）。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>e to the cross entropy: among how many equal choices it is as unsure.</source>
        <translation>e 的交叉熵次方：相当于在多少个等可能的选项中犹豫不决。</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>The share of the variance of the numbers that is explained.</source>
        <translation>数值的方差中被解释的比例。</translation>
    </message>
    <message>
        <source>In the units of the data.</source>
        <translation>以数据的单位表示。</translation>
    </message>
    <message>
        <source>Root mean square error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>Mean absolute percentage error</source>
        <translation>平均绝对百分比误差</translation>
    </message>
    <message>
        <source>The mean error over the size of the true number, as a share; enormous near 0.</source>
        <translation>误差除以真实数值大小的平均值，以比例表示；真实值接近 0 时极大。</translation>
    </message>
    <message>
        <source>Muon</source>
        <translation>Muon</translation>
    </message>
    <message>
        <source>Turns the momentum of each matrix into a step of equal size in all directions. All other weights, such as biases, norms and convolutions, are left to an AdamW.</source>
        <translation>把每个矩阵的动量变成各方向等大的一步。其余权重（如偏置、归一化和卷积）交给 AdamW。</translation>
    </message>
    <message>
        <source>SparseAdam</source>
        <translation>SparseAdam</translation>
    </message>
    <message>
        <source>Adam for embeddings with sparse gradients: only the rows that a batch reads are changed. All other weights are left to an AdamW.</source>
        <translation>用于稀疏梯度嵌入层的 Adam：只更新批次读到的行。其余权重交给 AdamW。</translation>
    </message>
    <message>
        <source>LBFGS</source>
        <translation>LBFGS</translation>
    </message>
    <message>
        <source>Learns the curvature from its last steps, and looks at the loss several times for each: for small networks, and all samples in one batch.</source>
        <translation>从最近几步估计曲率，每一步多次计算损失：适合小网络，并把全部样本放在一个批次里。</translation>
    </message>
    <message>
        <source>Falls by a factor when no epoch has been better for some epochs, by the validation loss or by what is chosen instead.</source>
        <translation>若连续若干轮都没有更好的结果（以验证损失或另选的指标为准），学习率就按一个因子下降。</translation>
    </message>
    <message>
        <source>Ends the run when no epoch has been better for some epochs, by the validation loss or by what is chosen instead.</source>
        <translation>若连续若干轮都没有更好的结果（以验证损失或另选的指标为准），则结束运行。</translation>
    </message>
    <message>
        <source>The best is by</source>
        <translation>最佳轮次依据</translation>
    </message>
    <message>
        <source>Layer-wise decay of the rate</source>
        <translation>学习率逐层衰减</translation>
    </message>
    <message>
        <source>Gives each layer a smaller learning rate than the next one: for fine-tuning.</source>
        <translation>让每一层的学习率小于后一层：用于微调。</translation>
    </message>
    <message>
        <source>Learning rates by layer</source>
        <translation>按层设置学习率</translation>
    </message>
    <message>
        <source>Weight decay by layer</source>
        <translation>按层设置权重衰减</translation>
    </message>
    <message>
        <source>Thaw layers later</source>
        <translation>逐步解冻</translation>
    </message>
    <message>
        <source>Keeps layers and blocks frozen until an epoch, with all that is in them.</source>
        <translation>让层和块（连同其中的一切）冻结到指定轮次。</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>梯度检查点</translation>
    </message>
    <message>
        <source>Computes layers and blocks a second time for the gradients, instead of keeping what is within them: takes less memory, and about a third more time.</source>
        <translation>求梯度时重新计算层和块，而不保存其内部结果：省内存，但耗时约多三分之一。</translation>
    </message>
    <message>
        <source>Focal</source>
        <translation>焦点损失</translation>
    </message>
    <message>
        <source>Cross entropy for rare classes: what is right already counts little. Takes raw scores.</source>
        <translation>用于稀有类别的交叉熵：已判对的样本分量很小。接受原始得分。</translation>
    </message>
    <message>
        <source>Binary focal</source>
        <translation>二元焦点损失</translation>
    </message>
    <message>
        <source>Binary cross entropy for a rare yes: what is right already counts little. Takes raw scores.</source>
        <translation>用于“是”很少的二元交叉熵：已判对的样本分量很小。接受原始得分。</translation>
    </message>
    <message>
        <source>Steps at chosen epochs</source>
        <translation>在指定轮次下降</translation>
    </message>
    <message>
        <source>Falls by a factor at epochs of your choice.</source>
        <translation>在你指定的轮次按一个因子下降。</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Is held at a share of the learning rate, and is the whole of it afterwards.</source>
        <translation>先保持在学习率的一部分，之后恢复为全部。</translation>
    </message>
    <message>
        <source>Cycles</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Rises and falls in straight lines, again and again, step by step.</source>
        <translation>逐步直线上升再下降，如此反复。</translation>
    </message>
    <message>
        <source>Raises the learning rate evenly over the first epochs, or over the first steps.</source>
        <translation>在最初几轮或最初若干步中均匀提高学习率。</translation>
    </message>
    <message>
        <source>Rate by step</source>
        <translation>逐步调整学习率</translation>
    </message>
    <message>
        <source>Moves the learning rate after each step instead of each epoch: a warm-up rises and a cosine falls without leaps. Epochs are counted as before.</source>
        <translation>每步之后调整学习率，而不是每轮之后：预热平稳上升，余弦平稳下降。长度仍按轮计。</translation>
    </message>
    <message>
        <source>Multiplies the learning rate of some layers and blocks. What is said of a layer within a block goes before what is said of the block.</source>
        <translation>为某些层和块的学习率乘上系数。对块内某层的设定优先于对该块的设定。</translation>
    </message>
    <message>
        <source>Multiplies the weight decay of some layers and blocks. What is said of a layer within a block goes before what is said of the block.</source>
        <translation>为某些层和块的权重衰减乘上系数。对块内某层的设定优先于对该块的设定。</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>A table: CSV and its kin, Excel, Parquet, JSON lines. Each column has a role.</source>
        <translation>表格：CSV 之类、Excel、Parquet、JSON 行。每一列都有用途。</translation>
    </message>
    <message>
        <source>Fashion-MNIST</source>
        <translation>Fashion-MNIST</translation>
    </message>
    <message>
        <source>Pictures of clothes of 28×28 pixels, in ten classes. The subset has 7,000 of them, 1,000 for test; the whole set 70,000 and 10,000.</source>
        <translation>28×28 像素的服装图片，共十类。子集有 7,000 张，其中 1,000 张用于测试；完整数据集有 70,000 张，其中 10,000 张用于测试。</translation>
    </message>
    <message>
        <source>A text to go on with, or the texts in a column of a table, each with its class or number.</source>
        <translation>一段要续写的文本，或表格某列中的文本，各有其类别或数值。</translation>
    </message>
</context>
<context>
    <name>RecipePanel</name>
    <message>
        <source>Change {0}</source>
        <translation>更改{0}</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>正在读取数据…</translation>
    </message>
    <message>
        <source>{0} samples of shape {1}</source>
        <translation>{0} 个样本，形状 {1}</translation>
    </message>
    <message>
        <source>{0} classes</source>
        <translation>{0} 个类别</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Learning-rate schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The cluster says on which devices the run is done.</source>
        <translation>由集群决定训练使用哪些设备。</translation>
    </message>
    <message>
        <source>Split and seed</source>
        <translation>划分与随机种子</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>How it begins</source>
        <translation>起始方式</translation>
    </message>
    <message>
        <source>Loss and metrics</source>
        <translation>损失与指标</translation>
    </message>
    <message>
        <source>Several players</source>
        <translation>多个训练方</translation>
    </message>
    <message>
        <source>left out: {0}</source>
        <translation>剔除：{0}</translation>
    </message>
    <message>
        <source>Transforms</source>
        <translation>变换</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Recover Unsaved Work</source>
        <translation>恢复未保存的工作</translation>
    </message>
    <message>
        <source>Layerweft did not close as it should. Bring back {0}, as it was on {1}?</source>
        <translation>Layerweft 没有正常关闭。要恢复 {0} 在 {1} 时的内容吗？</translation>
    </message>
    <message>
        <source>The file itself was changed later, by another window or program. It stays as it is until you save, and saving will ask.</source>
        <translation>该文件后来又被其他窗口或程序更改过。保存之前它保持原样，保存时会先询问。</translation>
    </message>
    <message>
        <source>Bring Back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Ask Next Time</source>
        <translation>下次再问</translation>
    </message>
</context>
<context>
    <name>ReliabilityView</name>
    <message>
        <source>Reliability</source>
        <translation>可靠性</translation>
    </message>
    <message>
        <source>expected calibration error {0}</source>
        <translation>期望校准误差 {0}</translation>
    </message>
    <message>
        <source>too sure</source>
        <translation>过于自信</translation>
    </message>
    <message>
        <source>not sure enough</source>
        <translation>不够自信</translation>
    </message>
    <message>
        <source>share that is right</source>
        <translation>正确的比例</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本数</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Write a report</source>
        <translation>写报告</translation>
    </message>
    <message>
        <source>{0} could not be written.</source>
        <translation>无法写入 {0}。</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Standard error</source>
        <translation>标准误</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What was noticed</source>
        <translation>注意到的情况</translation>
    </message>
    <message>
        <source>What would mend it</source>
        <translation>修正方法</translation>
    </message>
    <message>
        <source>Comparison of {0} runs</source>
        <translation>{0} 次运行的比较</translation>
    </message>
    <message>
        <source>Made by Layerweft on {0}.</source>
        <translation>由 Layerweft 生成于 {0}。</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Noticed while training</source>
        <translation>训练时注意到的情况</translation>
    </message>
    <message>
        <source>Nothing looked wrong.</source>
        <translation>没有发现异常。</translation>
    </message>
    <message>
        <source>the recipe</source>
        <translation>训练配方</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Validation {0}</source>
        <translation>验证{0}</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Effects on the validation loss</source>
        <translation>对验证损失的影响</translation>
    </message>
    <message>
        <source>{0} (explains {1} %)</source>
        <translation>{0}（解释 {1} %）</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>All settings of {0}</source>
        <translation>{0} 的全部设置</translation>
    </message>
</context>
<context>
    <name>ResidualsView</name>
    <message>
        <source>Residuals</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>mean {0} · standard deviation {1}</source>
        <translation>均值 {0} · 标准差 {1}</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>true less predicted</source>
        <translation>真实减预测</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本数</translation>
    </message>
</context>
<context>
    <name>ResultsView</name>
    <message>
        <source>After a run, its figures and mistakes stand here.</source>
        <translation>运行结束后，这里会显示它的指标和错误样本。</translation>
    </message>
    <message>
        <source>Best epoch {0} of {1}</source>
        <translation>最佳轮次 {0}，共 {1} 轮</translation>
    </message>
    <message>
        <source>Validation: {0}</source>
        <translation>验证：{0}</translation>
    </message>
    <message>
        <source>Test: {0}</source>
        <translation>测试：{0}</translation>
    </message>
    <message>
        <source>The trained model is being asked …</source>
        <translation>正在询问训练好的模型……</translation>
    </message>
    <message>
        <source>{0}, by {1}</source>
        <translation>{0}（依据{1}）</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>可靠性</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>being asked …</source>
        <translation>正在预测…</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
</context>
<context>
    <name>RunColumn</name>
    <message>
        <source>★</source>
        <translation>★</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation>训练样本</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Validation {0}</source>
        <translation>验证{0}</translation>
    </message>
    <message>
        <source>Best {0}</source>
        <translation>最佳{0}</translation>
    </message>
    <message>
        <source>Last {0}</source>
        <translation>最后{0}</translation>
    </message>
    <message>
        <source>Test {0}</source>
        <translation>测试{0}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>已剪枝</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>在 {0}</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>On the validation split, at the best epoch</source>
        <translation>最佳轮次时在验证集上</translation>
    </message>
    <message>
        <source>The best on the validation split at any epoch</source>
        <translation>各轮次中在验证集上的最佳值</translation>
    </message>
    <message>
        <source>On the validation split, at the last epoch</source>
        <translation>最后一轮时在验证集上</translation>
    </message>
    <message>
        <source>On the test split, with the best weights</source>
        <translation>用最佳权重在测试集上</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
</context>
<context>
    <name>RunExchange</name>
    <message>
        <source>Write logs of TensorBoard…</source>
        <translation>写出 TensorBoard 日志…</translation>
    </message>
    <message>
        <source>A folder for the logs</source>
        <translation>存放日志的文件夹</translation>
    </message>
    <message>
        <source>The logs could not be written: {0}</source>
        <translation>无法写入日志：{0}</translation>
    </message>
    <message>
        <source>A folder with a run, or with logs of TensorBoard</source>
        <translation>含有运行或 TensorBoard 日志的文件夹</translation>
    </message>
    <message>
        <source>It could not be added: {0}</source>
        <translation>无法添加：{0}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>RunStrip</name>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Click to watch it</source>
        <translation>点击查看</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Parallel coordinates</source>
        <translation>平行坐标</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Noticed</source>
        <translation>注意到</translation>
    </message>
</context>
<context>
    <name>RunsList</name>
    <message>
        <source>No run has “{0}”</source>
        <translation>没有运行含有“{0}”</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>Equal but for the seed</source>
        <translation>仅种子不同</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The table could not be saved: {0}</source>
        <translation>无法保存表格：{0}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Search: words, accuracy&gt;0.9, optimizer=Adam, starred</source>
        <translation>搜索：词语、accuracy&gt;0.9、optimizer=Adam、starred</translation>
    </message>
    <message>
        <source>Words are sought in names, tags and notes. Conditions: accuracy&gt;0.9, lr&lt;=0.01, optimizer=Adam, tag=good, outcome=finished, starred. A minus before one turns it round.</source>
        <translation>词语在名称、标签和备注中查找。条件：accuracy&gt;0.9、lr&lt;=0.01、optimizer=Adam、tag=good、outcome=finished、starred。前加减号表示取反。</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Put runs together that have something in common</source>
        <translation>把有共同之处的运行归在一起</translation>
    </message>
    <message>
        <source>Add a run made elsewhere, or logs of TensorBoard</source>
        <translation>添加别处的运行或 TensorBoard 日志</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>将表格存为 CSV</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message numerus="yes">
        <source>{0} — %n run(s)</source>
        <translation>
            <numerusform>{0} — %n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped after epoch {0}: it lagged behind the median of the other runs.</source>
        <translation>在第 {0} 个 epoch 后停止：它落后于其他运行的中位数。</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Train further…</source>
        <translation>继续训练更多轮…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Train for more epochs, from the last step on</source>
        <translation>从最后一步起，再训练更多轮</translation>
    </message>
    <message>
        <source>Go on where the run was interrupted, as if nothing had happened</source>
        <translation>从中断处接着训练，如同没有中断过</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>继续观看</translation>
    </message>
    <message>
        <source>Follow the run again that goes on at {0}, and fetch its weights</source>
        <translation>重新观看在 {0} 上进行的训练，并取回其权重</translation>
    </message>
    <message>
        <source>This run is under way.</source>
        <translation>这次运行正在进行。</translation>
    </message>
    <message>
        <source>This run has kept no checkpoint to go on from.</source>
        <translation>这次运行没有留下可以接着训练的检查点。</translation>
    </message>
    <message>
        <source>This run cannot go on.</source>
        <translation>这次运行无法继续。</translation>
    </message>
    <message>
        <source>Epochs in all:</source>
        <translation>总轮数：</translation>
    </message>
    <message>
        <source>The learning rate followed a schedule made for {0} epochs. From here on it is what it would be at this step of the new number, so it jumps.</source>
        <translation>学习率原本按 {0} 轮的计划变化。从这里起，它按新的总轮数在这一步应有的值取，因此会突变。</translation>
    </message>
    <message>
        <source>Train further</source>
        <translation>继续训练更多轮</translation>
    </message>
    <message>
        <source>Delete runs</source>
        <translation>删除运行记录</translation>
    </message>
    <message>
        <source>Every run is kept and listed here, to be compared.</source>
        <translation>每次运行都会保存并列在这里，以便比较。</translation>
    </message>
    <message>
        <source>Open its project</source>
        <translation>打开它的项目</translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation>显示它的文件</translation>
    </message>
    <message>
        <source>{0} could not be deleted: {1}</source>
        <translation>无法删除 {0}：{1}</translation>
    </message>
    <message>
        <source>Select a single run first.</source>
        <translation>请先只选择一条运行记录。</translation>
    </message>
    <message>
        <source>Select runs first.</source>
        <translation>请先选择运行记录。</translation>
    </message>
    <message>
        <source>Start from these weights</source>
        <translation>从这些权重开始</translation>
    </message>
    <message>
        <source>The best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>The last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>Early stopping ended this run after {0} epochs. It goes on without that; the weights of the best epoch are kept all the same.</source>
        <translation>早停在第 {0} 轮后结束了这次运行。继续训练时不再使用早停；最佳轮次的权重照样保留。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Export its network, with its best weights or the last</source>
        <translation>导出其网络，连同最佳或最后的权重</translation>
    </message>
    <message>
        <source>it is under way</source>
        <translation>它正在进行</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>That could not be written beside the run: {0}</source>
        <translation>无法写入运行文件夹：{0}</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Write an HTML file with curves, figures and settings, for any browser</source>
        <translation>写成含曲线、指标与设置的 HTML 文件，任何浏览器可看</translation>
    </message>
</context>
<context>
    <name>SampleBar</name>
    <message>
        <source>of {0}</source>
        <translation>/ {0}</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>第几次重复</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>数据划分</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>Which weights</source>
        <translation>使用哪些权重</translation>
    </message>
    <message>
        <source>The best there are</source>
        <translation>现有的最佳权重</translation>
    </message>
    <message>
        <source>Initial, as a training begins</source>
        <translation>初始权重（训练开始时）</translation>
    </message>
</context>
<context>
    <name>SampleList</name>
    <message>
        <source>Sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
    <message>
        <source>Sample {0}, loss {1}</source>
        <translation>样本 {0}，损失 {1}</translation>
    </message>
    <message>
        <source>A double click tries it.</source>
        <translation>双击可试一试。</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>SamplesView</name>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>最差的在前</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>最好的在前</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>最没把握的在前</translation>
    </message>
    <message>
        <source>Surest first</source>
        <translation>最有把握的在前</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} 个中的 {0} 个</translation>
    </message>
</context>
<context>
    <name>ScatterView</name>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>true</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Predicted and true</source>
        <translation>预测与真实</translation>
    </message>
    <message>
        <source>R² {0} · mean absolute error {1}</source>
        <translation>R² {0} · 平均绝对误差 {1}</translation>
    </message>
</context>
<context>
    <name>SelectionPage</name>
    <message>
        <source>{0} selected</source>
        <translation>已选择 {0} 个</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>now {0}</source>
        <translation>现为 {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n 个值</numerusform>
        </translation>
    </message>
    <message>
        <source>range</source>
        <translation>区间</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Vary this no longer</source>
        <translation>不再变化此项</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>SizesField</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The same in every dimension</source>
        <translation>各维度相同</translation>
    </message>
    <message>
        <source>As a number</source>
        <translation>用数字</translation>
    </message>
    <message>
        <source>A number, or a word</source>
        <translation>数字或单词</translation>
    </message>
</context>
<context>
    <name>SourceImport</name>
    <message>
        <source>Import PyTorch Code</source>
        <translation>导入 PyTorch 代码</translation>
    </message>
    <message>
        <source>PyTorch code</source>
        <translation>PyTorch 代码</translation>
    </message>
    <message>
        <source>The sizes of each input without the batch, such as 3x224x224, or T:int64 for tokens; several with a space between them. Left empty, they are guessed.</source>
        <translation>每个输入不含批次的尺寸，例如 3x224x224；词元写作 T:int64；多个输入以空格分隔。留空则自动猜测。</translation>
    </message>
    <message>
        <source>Open as Project</source>
        <translation>作为项目打开</translation>
    </message>
    <message>
        <source>Run It Instead…</source>
        <translation>改为运行…</translation>
    </message>
    <message>
        <source>Where reading is not enough: the module runs, once you allow it.</source>
        <translation>仅靠读取不够时：在你允许之后运行该模块。</translation>
    </message>
    <message>
        <source>The code is read and never run. Classes become blocks; what cannot be drawn stands beside its line.</source>
        <translation>代码只被读取，绝不运行。类会成为模块；无法画出的部分标注在对应的行旁。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s), {0} parameters</source>
        <translation>
            <numerusform>%n 个节点，{0} 个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>Blocks: {0}</source>
        <translation>模块：{0}</translation>
    </message>
</context>
<context>
    <name>SourceSide</name>
    <message>
        <source>Change {0}</source>
        <translation>更改{0}</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止读取</translation>
    </message>
    <message>
        <source>Read them</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Read and Allow…</source>
        <translation>阅读并允许…</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Train on a file; it can be dropped here as well</source>
        <translation>用一个文件训练；也可以把它拖到这里</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Train on a folder of pictures and the like</source>
        <translation>用图片等文件夹训练</translation>
    </message>
</context>
<context>
    <name>SpecRows</name>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
</context>
<context>
    <name>SplitForm</name>
    <message>
        <source>as the data are split</source>
        <translation>按数据自带的划分</translation>
    </message>
    <message>
        <source>{0} train, {1} validate, {2} test</source>
        <translation>训练 {0}，验证 {1}，测试 {2}</translation>
    </message>
    <message>
        <source>as the data are split already</source>
        <translation>按数据自带的划分</translation>
    </message>
    <message>
        <source>Change {0}</source>
        <translation>更改{0}</translation>
    </message>
    <message>
        <source>the split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>the test split is the data&apos;s own</source>
        <translation>测试部分是数据自带的</translation>
    </message>
</context>
<context>
    <name>StartFrom</name>
    <message>
        <source>New weights</source>
        <translation>新权重</translation>
    </message>
    <message>
        <source>Weights of a file…</source>
        <translation>文件中的权重…</translation>
    </message>
    <message>
        <source>Only where names and shapes match</source>
        <translation>仅取名称与形状相符者</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights to begin with</source>
        <translation>用作起点的权重</translation>
    </message>
    <message>
        <source>Start from new weights</source>
        <translation>从新权重开始</translation>
    </message>
    <message>
        <source>Start from {0}</source>
        <translation>从 {0} 开始</translation>
    </message>
    <message>
        <source>What of it fits…</source>
        <translation>其中哪些适用…</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>The settings could not be saved: {0}</source>
        <translation>设置无法保存：{0}</translation>
    </message>
    <message>
        <source>Unsaved work would be lost in a crash: {0}</source>
        <translation>若程序崩溃，未保存的工作会丢失：{0}</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>{0} 个参数</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Loading PyTorch in the background…</source>
        <translation>正在后台加载 PyTorch…</translation>
    </message>
</context>
<context>
    <name>TakingAway</name>
    <message>
        <source>The project of this run cannot be read.</source>
        <translation>无法读取该次运行的项目。</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>已写入：{0}</translation>
    </message>
</context>
<context>
    <name>Target</name>
    <message>
        <source>Script folder</source>
        <translation>脚本文件夹</translation>
    </message>
    <message>
        <source>train.py, predict.py, the data and the weights, which run by themselves</source>
        <translation>train.py、predict.py、数据和权重，可独立运行</translation>
    </message>
    <message>
        <source>Slurm script</source>
        <translation>Slurm 脚本</translation>
    </message>
    <message>
        <source>train.sbatch, which starts train.py on a cluster and goes on after a requeue</source>
        <translation>train.sbatch，在集群上启动 train.py，重新排队后接着训练</translation>
    </message>
    <message>
        <source>Trained weights</source>
        <translation>训练所得的权重</translation>
    </message>
    <message>
        <source>as .safetensors, and as .pt for torch.load</source>
        <translation>.safetensors 文件，以及供 torch.load 使用的 .pt 文件</translation>
    </message>
    <message>
        <source>ONNX</source>
        <translation>ONNX</translation>
    </message>
    <message>
        <source>for ONNX Runtime and many others, with its weights</source>
        <translation>供 ONNX Runtime 等使用，含权重</translation>
    </message>
    <message>
        <source>Exported program (.pt2)</source>
        <translation>导出的程序 (.pt2)</translation>
    </message>
    <message>
        <source>for torch.export.load and AOTInductor, with its weights</source>
        <translation>供 torch.export.load 和 AOTInductor 使用，含权重</translation>
    </message>
    <message>
        <source>TorchScript</source>
        <translation>TorchScript</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>the model and a first call, which run from top to bottom</source>
        <translation>模型与首次调用，可从上到下运行</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>drawing, layers, recipe and figures, in Markdown</source>
        <translation>图、各层、训练方案与指标，Markdown 格式</translation>
    </message>
    <message>
        <source>Mermaid, Graphviz and TikZ</source>
        <translation>Mermaid、Graphviz 与 TikZ</translation>
    </message>
    <message>
        <source>the drawing as text, for documents and papers</source>
        <translation>以文本形式表示的图，用于文档与论文</translation>
    </message>
    <message>
        <source>Pictures (SVG, PDF, PNG)</source>
        <translation>图片（SVG、PDF、PNG）</translation>
    </message>
    <message>
        <source>the drawing as the canvas shows it</source>
        <translation>与画布上所示相同的图</translation>
    </message>
    <message>
        <source>Text summary</source>
        <translation>文本摘要</translation>
    </message>
    <message>
        <source>layers, shapes and counts as a table of plain text, as Keras prints it</source>
        <translation>纯文本表格，列出各层、形状与参数量，如 Keras 所打印的</translation>
    </message>
    <message>
        <source>ONNX, int8</source>
        <translation>ONNX，int8</translation>
    </message>
    <message>
        <source>with weights of 8 bits: about a quarter of the size, and near the numbers</source>
        <translation>权重为 8 位：大小约为四分之一，数值相近</translation>
    </message>
    <message>
        <source>for torch.jit.load and libtorch, with its weights; PyTorch calls it deprecated</source>
        <translation>用于 torch.jit.load 与 libtorch，含权重；PyTorch 已将其标为弃用</translation>
    </message>
</context>
<context>
    <name>Template</name>
    <message>
        <source>Module with weights</source>
        <translation>带权重的模块</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Own gradient</source>
        <translation>自定义梯度</translation>
    </message>
    <message>
        <source>The last class or function is the layer. The arguments of __init__ are its parameters, and need defaults; those of forward are its inputs. Return a tuple for several outputs.</source>
        <translation>最后一个类或函数就是这一层。__init__ 的参数是该层的参数，都要有默认值；forward 的参数是它的输入。有多个输出时请返回元组。</translation>
    </message>
    <message>
        <source>The last function or class is the layer. Its arguments without a default are inputs, the others parameters. Shapes and errors show once you allow it.</source>
        <translation>最后一个函数或类就是这一层。没有默认值的参数是输入，其余的是该层的参数。允许运行后会显示形状和错误。</translation>
    </message>
    <message>
        <source>The last function or class is the layer; it uses the torch.autograd.Function above it, whose backward is tried out as well.</source>
        <translation>最后一个函数或类就是这一层；它使用上方的 torch.autograd.Function，其 backward 也会被试运行。</translation>
    </message>
</context>
<context>
    <name>TextForm</name>
    <message>
        <source>Unknown in training, and taken as the same: {0}</source>
        <translation>训练中未见过，视为相同：{0}</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The lower, the more probable tokens are drawn; 0 takes the most probable</source>
        <translation>越低，抽取的词元越可能；0 表示取最可能的</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>续写</translation>
    </message>
    <message>
        <source>A text to try it on</source>
        <translation>用来试验的文本</translation>
    </message>
    <message>
        <source>How the text goes on</source>
        <translation>文本如何继续</translation>
    </message>
</context>
<context>
    <name>ThresholdsView</name>
    <message>
        <source>ROC and precision–recall</source>
        <translation>ROC 与精确率–召回率</translation>
    </message>
    <message>
        <source>Threshold {0}</source>
        <translation>阈值 {0}</translation>
    </message>
    <message>
        <source>Precision {0}</source>
        <translation>精确率 {0}</translation>
    </message>
    <message>
        <source>Recall {0}</source>
        <translation>召回率 {0}</translation>
    </message>
    <message>
        <source>F1 {0}</source>
        <translation>F1 {0}</translation>
    </message>
    <message>
        <source>False alarms {0}</source>
        <translation>误报率 {0}</translation>
    </message>
    <message>
        <source>{0} found, {1} missed, {2} false</source>
        <translation>找到 {0}，漏掉 {1}，误报 {2}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>The class that is told from the rest</source>
        <translation>要与其余类别区分的类别</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>From this probability on a sample is taken for the class</source>
        <translation>概率达到该值的样本判为该类别</translation>
    </message>
    <message>
        <source>ROC, AUC {0}</source>
        <translation>ROC，AUC {0}</translation>
    </message>
    <message>
        <source>Average precision {0}</source>
        <translation>平均精确率 {0}</translation>
    </message>
    <message>
        <source>false positive rate</source>
        <translation>假正率</translation>
    </message>
    <message>
        <source>true positive rate</source>
        <translation>真正率</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>The curves are being worked out …</source>
        <translation>正在计算曲线……</translation>
    </message>
</context>
<context>
    <name>ThroughputPanel</name>
    <message>
        <source>samples/s</source>
        <translation>样本/秒</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>Training is under way</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>Stop the run and close? Its weights so far are kept.</source>
        <translation>要停止运行并关闭吗？到目前为止的权重会保留。</translation>
    </message>
    <message>
        <source>Close, while the run goes on at {0}? It can be watched again at the next start.</source>
        <translation>要关闭窗口，让训练在 {0} 上继续吗？下次启动时可以重新观看。</translation>
    </message>
    <message>
        <source>Start all the same?</source>
        <translation>仍要开始吗？</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Take the script…</source>
        <translation>取走脚本…</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Keep the run in</source>
        <translation>将本次训练保存到</translation>
    </message>
    <message>
        <source>Give up the run</source>
        <translation>放弃本次训练</translation>
    </message>
    <message>
        <source>The weights that this run has learnt will be lost.</source>
        <translation>本次训练学到的权重将会丢失。</translation>
    </message>
    <message>
        <source>PyTorch is being loaded.</source>
        <translation>正在加载 PyTorch。</translation>
    </message>
    <message>
        <source>The data are being read.</source>
        <translation>正在读取数据。</translation>
    </message>
    <message>
        <source>The data cannot be read.</source>
        <translation>无法读取数据。</translation>
    </message>
    <message>
        <source>The recipe does not suit the network or the data.</source>
        <translation>训练配方与网络或数据不符。</translation>
    </message>
    <message>
        <source>Single steps can be taken where one process trains on this computer.</source>
        <translation>只有当一个进程在这台电脑上训练时，才能单步执行。</translation>
    </message>
    <message>
        <source>A training is running.</source>
        <translation>正在训练。</translation>
    </message>
    <message numerus="yes">
        <source>%n weight(s) taken from {0}.</source>
        <translation>
            <numerusform>从 {0} 取用了 %n 个权重。</numerusform>
        </translation>
    </message>
    <message>
        <source>Left as new: {0}</source>
        <translation>仍为新权重：{0}</translation>
    </message>
    <message>
        <source>Not used: {0}</source>
        <translation>未使用：{0}</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Epoch {0}/{1}</source>
        <translation>第 {0}/{1} 轮</translation>
    </message>
    <message>
        <source>Training is over</source>
        <translation>训练已结束</translation>
    </message>
    <message>
        <source>not kept yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>tried again</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>A script for a cluster is not watched from here.</source>
        <translation>集群脚本无法从这里观察。</translation>
    </message>
    <message>
        <source>With FSDP2 no process has the gradients whole.</source>
        <translation>使用 FSDP2 时，没有任何进程持有完整的梯度。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
</context>
<context>
    <name>TransformsEditor</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Do it earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Do it later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Change what is done to samples</source>
        <translation>更改对样本的处理</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
</context>
<context>
    <name>TryView</name>
    <message>
        <source>Sample </source>
        <translation>样本 </translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation>样本编号</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>… or a row of your own:</source>
        <translation>……或自己填一行：</translation>
    </message>
    <message>
        <source>Predict for a file</source>
        <translation>对文件预测</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>剪贴板上没有图片。</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Try the picture on the clipboard (Ctrl+V)</source>
        <translation>用剪贴板上的图片试一试（Ctrl+V）</translation>
    </message>
    <message>
        <source>Newest window</source>
        <translation>最新窗口</translation>
    </message>
    <message>
        <source>Forecast what follows the last rows of each series</source>
        <translation>预测每个序列最后几行之后的值</translation>
    </message>
    <message>
        <source>A picture can also be dropped here.</source>
        <translation>也可以把图片拖到这里。</translation>
    </message>
</context>
<context>
    <name>Trying</name>
    <message>
        <source>{0} more cannot be read.</source>
        <translation>另有 {0} 行无法读取。</translation>
    </message>
</context>
<context>
    <name>Type</name>
    <message>
        <source>Integer</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Integers</source>
        <translation>多个整数</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>多个数</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>UpdatesPanel</name>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>10th percentile</source>
        <translation>第 10 百分位</translation>
    </message>
    <message>
        <source>90th percentile</source>
        <translation>第 90 百分位</translation>
    </message>
    <message>
        <source>ratio of norms</source>
        <translation>范数之比</translation>
    </message>
</context>
<context>
    <name>UseSection</name>
    <message>
        <source>Open {0}</source>
        <translation>打开 {0}</translation>
    </message>
    <message>
        <source>Edit the code of {0}</source>
        <translation>编辑 {0} 的代码</translation>
    </message>
    <message>
        <source>Weights of {0}</source>
        <translation>{0} 的权重</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>停止共享</translation>
    </message>
    <message>
        <source>Its weights are those of {0} too</source>
        <translation>它的权重就是 {0} 的权重</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Training leaves these weights as they are.</source>
        <translation>训练时这些权重保持不变。</translation>
    </message>
    <message>
        <source>Stop sharing weights</source>
        <translation>停止共享权重</translation>
    </message>
    <message>
        <source>Freeze the weights</source>
        <translation>冻结权重</translation>
    </message>
    <message>
        <source>Train the weights</source>
        <translation>训练权重</translation>
    </message>
</context>
<context>
    <name>ValuesPanel</name>
    <message>
        <source>Select a layer or a wire to see its values.</source>
        <translation>选中一个层或一条连线即可查看其数值。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Vectors by PCA, {0} of variance</source>
        <translation>向量的 PCA，占方差的 {0}</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>First numbers</source>
        <translation>开头的数</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Heat map, {0}</source>
        <translation>热力图，{0}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>{0}, {1} of {2}</source>
        <translation>{0}，{2} 个中的 {1} 个</translation>
    </message>
    <message>
        <source>It is not computed for a sample: nothing takes what it gives, it is left out, or it was worked out once when the network was made.</source>
        <translation>没有对样本进行计算：没有任何层使用它的输出，或者它被略去了，或者它在创建网络时就已算好。</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>The data were not looked at to the end.</source>
        <translation>数据没有查看完。</translation>
    </message>
    <message>
        <source>Looking at the data: their columns, their split and a batch…</source>
        <translation>正在查看数据：各列、划分和一批样本…</translation>
    </message>
    <message>
        <source>Look at Them</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>WayRow</name>
    <message>
        <source>Every combination</source>
        <translation>所有组合</translation>
    </message>
    <message>
        <source>Some of them, by chance</source>
        <translation>随机选取一部分</translation>
    </message>
    <message>
        <source>As TPE proposes, by what came before</source>
        <translation>由 TPE 根据已有结果提出</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Stop runs that lag behind the median of the others</source>
        <translation>停止落后于其他运行中位数的运行</translation>
    </message>
    <message>
        <source>How runs are found</source>
        <translation>如何确定各次运行</translation>
    </message>
</context>
<context>
    <name>WeightsDialog</name>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>name behind a prefix</source>
        <translation>前缀之后的名称</translation>
    </message>
    <message>
        <source>only one of its shape</source>
        <translation>此形状仅有一个</translation>
    </message>
    <message>
        <source>order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>chosen by you</source>
        <translation>由您选择</translation>
    </message>
    <message>
        <source>What Fits of {0}</source>
        <translation>{0} 中适用的权重</translation>
    </message>
    <message>
        <source>Only weights that are given nothing</source>
        <translation>仅显示未获得数值的权重</translation>
    </message>
    <message>
        <source>Map the Rest by Order</source>
        <translation>其余按顺序对应</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>{0} of {1} weights fit</source>
        <translation>{1} 个权重中有 {0} 个适用</translation>
    </message>
    <message>
        <source>Not used of the file: {0} ({1})</source>
        <translation>文件中未使用：{0} 个（{1}）</translation>
    </message>
    <message>
        <source>Double click a row to choose what it is given.</source>
        <translation>双击一行可选择赋予它的内容。</translation>
    </message>
    <message>
        <source>the file has {0}</source>
        <translation>文件中为 {0}</translation>
    </message>
    <message>
        <source>{0} could be it</source>
        <translation>有 {0} 个可能</translation>
    </message>
    <message>
        <source>nothing fits</source>
        <translation>没有适用的</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Draw a network. See every shape. Watch it learn.</source>
        <translation>绘制网络。看清每个形状。观察它学习。</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Back to {0}</source>
        <translation>返回 {0}</translation>
    </message>
    <message>
        <source>Continue with {0}</source>
        <translation>继续 {0}</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Back to the canvas</source>
        <translation>返回画布</translation>
    </message>
    <message>
        <source>Or drop data or a project here: a table, arrays, pictures, texts.</source>
        <translation>也可以把数据或项目拖到这里：表格、数组、图片、文本。</translation>
    </message>
</context>
<context>
    <name>WhereForm</name>
    <message>
        <source>“{0}” does not go along with several processes.</source>
        <translation>“{0}”不能与多个进程同时使用。</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>All devices here</source>
        <translation>这里的所有设备</translation>
    </message>
    <message>
        <source>Other computer</source>
        <translation>另一台电脑</translation>
    </message>
    <message>
        <source>Slurm script</source>
        <translation>Slurm 脚本</translation>
    </message>
    <message>
        <source>Where the next run is done: in one process here, by all devices here, on another computer over ssh, or on a cluster that takes a script</source>
        <translation>下一次训练在哪里进行：这里的一个进程、这里的所有设备、通过 ssh 使用的另一台电脑，或接受脚本的集群</translation>
    </message>
    <message>
        <source>A folder is written with the script, the model and the data, for sbatch.</source>
        <translation>写出一个文件夹，其中有脚本、模型和数据，供 sbatch 使用。</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>A training is running.</source>
        <translation>正在训练。</translation>
    </message>
</context>
<context>
    <name>_ExampleCard</name>
    <message>
        <source>What its recipe reaches on the validation split</source>
        <translation>其训练配方在验证集上达到的成绩</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 个参数</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Back to the default, {0}</source>
        <translation>恢复默认值 {0}</translation>
    </message>
    <message>
        <source>Then from epoch</source>
        <translation>从此轮起</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Leave out the schedule from epoch {0} on</source>
        <translation>去掉从第 {0} 轮起的调度</translation>
    </message>
</context>
</TS>
