"""Headers behind `synonyms` of what the firm notes of a customer himself.

In the form of `words.HEADERS`. None of them decides alone: the column's values have to agree
(`facts.fit`), and where they do not, a header is what it would be without these lines. Pseudo-
fields: `in_charge` (somebody of the firm, or the customer's own contact person), `grade` (a
rating where the values are stars, else any rank).
"""

HEADERS = """
owner 1.0 | account manager, account managers, account mgr, acct manager, account rep,
  account executive, account handler, sales rep, sales reps, salesrep, salesperson, sales person,
  salesman, sales agent, sales executive, sales representative, sales manager, sales owner,
  sales contact, assigned to, assigned user, assigned rep, assignee, handled by, looked after by,
  managed by, served by, customer owner, client owner, account owner, lead owner, contact owner,
  record owner, relationship manager, client manager, customer manager, customer rep,
  case manager, staff member, our staff, rep, rep name, consultant, advisor, adviser, stylist,
  our agent
owner 1.0 | vendedor, vendedora, vendedores, nome do vendedor, nome vendedor,
  vendedor responsavel, comercial, comercial responsavel, tecnico comercial, gestor, gestora,
  gestor de conta, gestor de cliente, gestor do cliente, gestor de clientes, gestor conta,
  gestor cliente, gestor comercial, gerente de conta, gerente de contas, gestor responsavel,
  executivo de contas, executivo de conta, acompanhado por, acompanhamento por, atribuido a,
  atendido por, atendente, seguido por, consultor, consultora, consultor responsavel,
  representante comercial, assistente comercial, responsavel comercial, responsavel pela conta,
  responsavel pelo cliente, tecnico responsavel, nosso contacto
owner 1.0 | 销售, 销售员, 销售人员, 销售代表, 销售顾问, 销售经理, 销售负责人, 业务员, 业务人员,
  业务代表, 业务经理, 业务负责人, 所属业务员, 所属销售, 跟进人, 跟进人员, 跟单员, 跟单, 跟进销售,
  客户经理, 客户负责人, 客户专员, 客户所有人, 客户归属, 归属人, 归属销售, 所属员工, 负责销售,
  负责业务, 负责业务员, 负责员工, 专属顾问, 顾问, 课程顾问, 旅游顾问, 维护人, 维护人员, 对接销售,
  接待人, 接待人员, 接待员, 服务人员, 员工, 经手人, 客服, 专属客服, 分配给, 承办业务
owner 1.0 | vendedor asignado, comercial asignado, agente comercial, agente de ventas, asesor,
  asesora, asesor comercial, ejecutivo de cuenta, ejecutivo de cuentas, gestor de cuenta,
  gestor de cuentas, responsable comercial, responsable de cuenta, atendido por, asignado a,
  llevado por, commercial, vendeur, vendeuse, charge de compte, charge de clientele,
  charge d affaires, charge de clients, gestionnaire, gestionnaire de compte, conseiller,
  conseillere, conseiller commercial, responsable de compte, suivi par, attribue a, assigne a
owner 1.0 | kundenbetreuer, kundenbetreuerin, betreuer, betreuerin, betreut von, betreuender,
  kundenberater, berater, beraterin, verkaufer, verkauferin, vertriebler, vertriebsmitarbeiter,
  aussendienst, aussendienstmitarbeiter, sachbearbeiter, sachbearbeiterin, zustandig,
  zustandiger mitarbeiter, mitarbeiter, zugewiesen an, kundenmanager, venditore, venditrice,
  agente di vendita, agente di riferimento, commerciale di riferimento, addetto vendite,
  seguito da, assegnato a, responsabile cliente, responsabile commerciale, gestore,
  gestore cliente
owner 1.0 | менеджер, менеджер по продажам, персональный менеджер, менеджер клиента,
  ответственный менеджер, продавец, куратор, назначен, 営業担当, 営業担当者, 担当営業, 営業マン,
  営業員, 自社担当, 自社担当者, 弊社担当, 弊社担当者, 担当スタッフ, 担当社員, 顧客担当, 영업담당,
  영업담당자, 담당영업, 영업사원, 판매원, 담당직원, 고객담당, 우리담당자
in_charge 1.0 | owner, owner name, in charge, person in charge, responsible, responsible person,
  contact, our contact, your contact, main contact, agent, responsavel, responsaveis,
  nome do responsavel, pessoa responsavel, contacto, contato, interlocutor, agente, 负责人,
  负责人姓名, 责任人, 主管, 所有者, 所有人, 对接人, 经办人, 承办人, responsable,
  persona responsable, contact principal, interlocuteur, ansprechpartner, verantwortlich,
  verantwortlicher, responsabile, referente, contatto, ответственный, ответственное лицо, 担当,
  担当者, 担当者名, 担当者氏名, 담당, 담당자, 담당자명, 담당자이름
source 1.0 | source, lead source, customer source, client source, contact source, source of lead,
  original source, acquisition channel, acquisition source, marketing source, channel, how found,
  how did you hear, how did you hear about us, how did they hear, how did you find us,
  how they found us, heard about us, found us through, found through, came through, came from,
  came via, where from
source 1.0 | origem, origem do contacto, origem do contato, origem do cliente, origem cliente,
  origem do lead, origem da lead, origem lead, canal, canal de aquisicao, canal de origem,
  como nos conheceu, como conheceu, como nos encontrou, como soube de nos, como chegou,
  como chegou ate nos, onde nos conheceu, fonte, fonte do lead, proveniencia
source 1.0 | 来源, 客户来源, 来源渠道, 渠道, 获客渠道, 获客来源, 客源, 线索来源, 信息来源,
  来源途径, 了解渠道, 得知渠道, 如何得知, 如何知道我们, 从何得知, 成交渠道, 进店渠道, 预订渠道
source 1.0 | origen, origen del cliente, origen del contacto, origen del lead, canal de captacion,
  como nos conocio, como nos encontro, fuente, procedencia, source du contact, source du client,
  origine, origine du contact, origine du client, comment nous avez vous connu,
  canal d acquisition, provenance, quelle, leadquelle, kundenquelle, herkunft,
  herkunft des kontakts, wie auf uns aufmerksam geworden, aufmerksam geworden durch,
  woher kennen sie uns, fonte cliente, fonte contatto, provenienza, canale,
  canale di acquisizione, come ci ha conosciuto, come ci ha trovato
source 1.0 | источник, источник клиента, источник лида, откуда узнал, откуда узнали,
  откуда пришел, канал, канал привлечения, 来店経緯, 来店きっかけ, 来店動機, きっかけ, 流入経路,
  流入元, 集客経路, 獲得経路, 知ったきっかけ, 유입경로, 유입채널, 방문경로, 알게된경로, 고객출처
language 1.0 | language, languages, preferred language, spoken language, language spoken,
  language preference, native language, mother tongue, correspondence language, lang, idioma,
  idiomas, idioma preferido, idioma preferencial, idioma falado, idioma de contacto,
  idioma de correspondencia, lingua, lingua materna, lingua preferida, lingua falada, 语言, 语种,
  客户语言, 沟通语言, 使用语言, 首选语言, 母语, 语言偏好, 交流语言, 常用语言
language 1.0 | lengua, lengua materna, idioma de contacto, langue, langues, langue parlee,
  langue preferee, langue maternelle, langue de correspondance, sprache, sprachen, muttersprache,
  korrespondenzsprache, bevorzugte sprache, lingua madre, lingua parlata, lingua preferita,
  lingue, язык, язык общения, родной язык, 言語, 使用言語, 希望言語, 母国語, 언어, 사용언어,
  선호언어, 모국어, 語言, 語種
rating 1.0 | rating, ratings, customer rating, client rating, lead rating, our rating,
  star rating, stars, stars rating, score stars, classificacao, classificacao cliente,
  classificacao do cliente, estrelas, n estrelas, no de estrelas, numero de estrelas, avaliacao,
  avaliacao do cliente, avaliacao cliente, 星级, 客户星级, 客户评级, 评级, 评分, 客户评分, 星,
  星数, 会员星级
rating 1.0 | calificacion, valoracion, valoracion cliente, valoracion del cliente, estrellas,
  clasificacion, evaluation, notation, etoiles, nombre d etoiles, bewertung, kundenbewertung,
  sterne, anzahl sterne, valutazione, valutazione cliente, stelle, рейтинг, рейтинг клиента,
  звезды, оценка, 評価, 顧客評価, 星評価, 評点, 평가, 평점, 별점, 고객평가, 고객평점
grade 1.0 | grade, level, rank, ranking, priority, importance, vip level, customer level,
  client level, nivel, nivel cliente, nivel do cliente, prioridade, importancia, categoria, 等级,
  级别, 客户等级, 客户级别, 会员等级, 会员级别, 重要程度, 重要性, 优先级, niveau, priorite,
  prioritat, wichtigkeit, stufe, livello, priorita, уровень, приоритет, важность, ランク, 重要度,
  顧客ランク, 등급, 고객등급, 중요도
title 1.0 | title, titles, salutation, honorific, prefix, name prefix, honorific prefix,
  courtesy title, form of address, mr mrs, mr ms, mr mrs ms, personal title, titulo, tratamento,
  forma de tratamento, prefixo, titulo academico, sr sra, sr a, 称谓, 称呼, 尊称, 前缀, 头衔, 敬称
title 1.0 | tratamiento, trato, prefijo, sr o sra, civilite, titre, titre de civilite, politesse,
  formule d appel, prefixe, anrede, titel, anredeform, herr frau, briefanrede, akademischer titel,
  titolo, appellativo, prefisso nome, обращение, титул, 呼称, 敬称略, 호칭, 존칭, 경칭
"""
