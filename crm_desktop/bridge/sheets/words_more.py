"""More of the words behind `synonyms`: Japanese, Korean, Russian, and rarer ones of others.

In the form of `words.HEADERS`.
"""

HEADERS = """
name 1.0 | 氏名, 名前, お名前, ご氏名, 顧客名, 顧客氏名, お客様名, お客様氏名, 会員名, 会員氏名,
  宛名, フルネーム, 契約者名, 利用者名, 乗客名, 旅客名, 이름, 성명, 성함, 고객명, 고객이름,
  고객성명, 회원명, 회원이름, 고객, 예약자, 예약자명, 승객명, фио, ф и о, полное имя, клиент,
  имя клиента, фио клиента, клиенты, имя и фамилия, фамилия и имя, фамилия имя,
  фамилия имя отчество, имя фамилия, гость, пассажир, турист, покупатель, заказчик
name 0.9 | наименование, название, 得意先名, 取引先名, имя контакта
name 1.0 | nombre y apellidos del cliente, cliente nombre, nom du contact,
  nom de famille et prenom, vorname nachname, vor und zuname, name vorname, nachname vorname,
  kunde name, cognome nome, nome e cognome cliente, intestatario, pasajeros, voyageurs, reisender,
  passagier
given_name 1.0 | 名, 名前 名, 下の名前, 이름 이름, 名 first name, vornamen kunde, имя,
  nombre propio
family_name 1.0 | 姓, 苗字, 名字 姓, 성, 성씨, фамилия, primer y segundo apellido,
  segundo apellido
organisation 1.0 | 会社名, 会社, 企業名, 法人名, 勤務先, 勤務先名, 団体名, 店舗名, 社名, 御社名,
  貴社名, 事業所名, 所属会社, 회사, 회사명, 업체, 업체명, 상호, 상호명, 법인명, 기관명, 기업명,
  직장, 직장명, 소속, 단체명, компания, организация, фирма, название компании,
  наименование компании, название организации, наименование организации, предприятие,
  место работы, работодатель, юрлицо, юр лицо, контрагент, учреждение
organisation 1.0 | nom de l entreprise, nom entreprise, etablissement, employeur, arbeitgeber,
  firma name, name der firma, unternehmensname, nombre de empresa, nombre empresa, nome ditta,
  nome societa, ente, centro de trabajo
organisation 0.9 | 得意先名, 取引先名, 取引先, 得意先, 거래처, 거래처명
contact_person 1.0 | 担当者, 担当者名, ご担当者, ご担当者名, 窓口, 担当者氏名, 담당자, 담당자명,
  담당자이름, контактное лицо, контактное лицо фио, представитель, kontakt person,
  persona contacto, personne de contact, personne a contacter, referente aziendale
contact 0.9 | 連絡先, ご連絡先, 연락처, 연락 처, контакт, контакты, контактные данные,
  datos de contacto, kontakte
phone 1.0 | 電話, 電話番号, お電話番号, 連絡先電話番号, 連絡先番号, 固定電話番号, 日中の連絡先,
  전화, 전화번호, 연락전화, 유선전화, 일반전화, 대표전화, телефон, телефоны, тел, номер телефона,
  контактный телефон, номер, телефон клиента, тел номер, конт телефон, tel 1, telefonnr,
  telefon nr, telephone fixe ou mobile, numero tel, telefono contacto, telefono de contacto,
  n telefono, no telefono, numero di tel, nr telefono
phone 1.0 mobile | 携帯, 携帯電話, 携帯番号, 携帯電話番号, 携帯tel, スマホ, スマートフォン,
  휴대폰, 휴대전화, 핸드폰, 휴대폰번호, 핸드폰번호, 휴대전화번호, 휴대번호, 모바일, 손전화,
  мобильный, мобильный телефон, моб, моб тел, моб телефон, сотовый, сотовый телефон, сот, сот тел,
  мобильный номер, gsm number, numero de portable, n portable, no portable, tel mobile, tel mobil,
  telefon mobil, mobiltel, handy nr, mobil nr, telefono movil cliente, tel movil, cell, cell 1,
  tel cell, tel cellulare
phone 1.0 home | 自宅電話, 自宅電話番号, 自宅, 自宅tel, 집전화, 집전화번호, 자택전화,
  자택전화번호, 자택, домашний телефон, дом тел, домашний, тел дом, дом телефон, telefono de casa,
  tel domicile, telefon zuhause, tel privat, telefono abitazione, casa telefono
phone 1.0 work | 会社電話, 会社電話番号, 勤務先電話, 勤務先電話番号, 회사전화, 회사전화번호,
  직장전화, 직장전화번호, 사무실전화, 사무실, рабочий телефон, раб тел, рабочий, тел раб,
  служебный телефон, telefono del trabajo, tel travail, tel bureau, telefon arbeit, telefon firma,
  tel lavoro
phone 1.0 fax | 傳真, 傳真號碼, fax番号, ファックス, ファクス, ファックス番号, 팩스, 팩스번호,
  факс, номер факса, telecopie, faxnummer, numero fax
email 1.0 | メール, メールアドレス, eメール, eメールアドレス, 電子メール, 電子メールアドレス,
  mailアドレス, 이메일, 이메일주소, 메일, 메일주소, 전자우편, 전자메일, эл почта,
  электронная почта, почта, емейл, имейл, эл адрес, адрес эл почты, адрес электронной почты,
  электронный адрес, мейл, correo e, mail adresse, adresse courriel, adresse electronique,
  elektronische post, e mail privat, mail 1, posta elettr
email 1.0 work | 会社メール, 勤務先メール, 회사이메일, 회사메일, рабочая почта, correo trabajo
im 1.0 LINE | line アカウント, lineid, 라인
im 1.0 KakaoTalk | 카카오톡, 카톡, 카카오톡아이디
im 1.0 Telegram | телеграм, телеграмм
im 1.0 Viber | viber, вайбер
phone 1.0 whatsapp | ватсап, вотсап, whatsapp nr
street 1.0 | 住所, ご住所, 番地, 住所1, 現住所, 町名番地, 町域, 所在地住所, 送付先住所,
  連絡先住所, 주소, 도로명주소, 지번주소, 거주지, 거주지주소, 현주소, 배송지, адрес, улица,
  почтовый адрес, адрес проживания, адрес доставки, фактический адрес, юридический адрес,
  адрес регистрации, улица дом, domicilio completo, adresse complete, adresse du client,
  wohnadresse, postanschrift, strasse u nr, strasse hnr, indirizzo completo, via e numero,
  indirizzo cliente, domicilio cliente
street 1.0 home | 自宅住所, 집주소, 자택주소, домашний адрес
street 1.0 work | 会社住所, 勤務先住所, 회사주소, 직장주소, рабочий адрес
street2 1.0 | 住所2, 建物名, マンション名, ビル名, 建物名部屋番号, 상세주소, 나머지주소, 주소2,
  дом, квартира, дом квартира, кв, корпус, строение, piso, puerta, planta, batiment, etage,
  complement adresse, hausnummer zusatz, interno, scala, civico, n civico, numero civico
postcode 1.0 | 郵便番号, 郵便, 〒, ゆうびん番号, 우편번호, 우편 번호, индекс, почтовый индекс,
  почт индекс, cod postale, codigo p, codice post, post leitzahl
city 1.0 | 市区町村, 市町村, 市区郡, 市区, 도시, 시군구, 구군, 시구군, 거주도시, город,
  населенный пункт, нас пункт, город проживания, г, localidad poblacion, ville de residence,
  wohnort stadt, citta di residenza, comune di residenza
region 1.0 | 都道府県, 県, 시도, 시 도, 지역, 도, область, регион, край, республика, район, округ,
  provincia region, region departement, prov, provincia di residenza, comunidad
country 1.0 | 国, 国名, 居住国, 국가, 나라, 국가명, 거주국, страна, страна проживания,
  pays de residence, wohnsitzland, pais residencia, paese di residenza
birthday 1.0 | 生年月日, 誕生日, お誕生日, 生まれ, 生日期, 생일, 생년월일, 출생일, дата рождения,
  день рождения, др, д р, дата рожд, год рождения, родился, ne le, nee le, ne e le,
  date naissance, geburtstag kunde, geb am, geboren am, data nascita, nato il, nata il, nato a il,
  fecha nac, f nac, fec nac
notes 1.0 | 備考, 備考欄, メモ, 特記事項, コメント, 摘要, 注意事項, その他, 비고, 메모, 참고,
  참고사항, 특이사항, 노트, 기타, 코멘트, примечание, примечания, комментарий, комментарии,
  заметки, заметка, описание, дополнительно, прочее, особые отметки, notas adicionales,
  anotaciones, remarque, infos, informations complementaires, infos complementaires, hinweise,
  vermerk, zusatzinfo, annotazione, osservazione, note cliente
tags 1.0 | タグ, ラベル, キーワード, 태그, 키워드, теги, метки, ярлыки, ключевые слова,
  etiquetas cliente, mots clefs, stichworter, parole chiave
tags 0.7 | 区分, 分類, カテゴリ, カテゴリー, グループ, 顧客区分, 구분, 분류, 그룹, 카테고리,
  고객구분, категория, группа, сегмент, categorie, kategorie, gruppe, groupe, gruppo
stage 1.0 | ステータス, 状態, 段階, フェーズ, 状況, 상태, 단계, 고객상태, 진행상태, статус, этап,
  стадия, статус клиента, состояние, estado del cliente, fase cliente, etape, phase,
  fase del cliente
kind 1.0 | 個人法人, 法人個人, 顧客種別, 개인법인, 고객유형, тип клиента, тип, вид клиента,
  физ юр лицо, persona empresa, particulier entreprise, privat firma, privato azienda, tipologia
custom 1.0 | 番号, 会員番号, 顧客番号, 顧客コード, 顧客id, 得意先コード, コード, 通番, 連番, 번호,
  고객번호, 회원번호, 순번, 고객코드, 연번, код, код клиента, номер клиента, no п п, п п, пп,
  порядковый номер, ид, num client, n client, numero de client, code client, kundennr, kd nr,
  lfdnr, num cliente, n de cliente, codigo de cliente, cod cliente, id cliente, n progressivo,
  progr
custom 1.0 | フリガナ, ふりがな, カナ, 氏名カナ, 氏名フリガナ, かな, 読み, よみがな, ローマ字,
  영문이름, 영문명, отчество, имя латиницей, фамилия латиницей, 性別, 年齢, 職業, 役職, 部署,
  肩書, 肩書き, 敬称, 国籍, 血液型, 성별, 나이, 연령, 직업, 직책, 직위, 부서, 국적, 호칭, пол,
  возраст, должность, профессия, отдел, гражданство, национальность, обращение, cargo puesto,
  fonction, sexe, age client, alter, geschlecht, nationalitaet, cittadinanza, mansione, reparto,
  qualifica
custom 1.0 | パスポート番号, 旅券番号, パスポート, マイナンバー, 有効期限, 旅券有効期限, 여권번호,
  여권, 여권만료일, 주민등록번호, 사업자등록번호, 사업자번호, инн, кпп, огрн, снилс, паспорт,
  номер паспорта, серия и номер паспорта, паспортные данные, загранпаспорт, номер загранпаспорта,
  срок действия, numero de passeport, no passeport, n passeport, reisepassnummer, passnummer,
  ausweisnummer, numero de pasaporte, no pasaporte, n pasaporte, dni nif, nif cif,
  numero passaporto, n passaporto, passaporto, cod fiscale, cf, c f, num tva, numero de tva,
  n tva, numero siret
custom 1.0 | ホームページ, サイト, ウェブサイト, 홈페이지, 웹사이트, сайт, веб сайт, site web,
  site internet, internetseite, pagina web cliente
custom 1.0 | 日付, 登録日, 入会日, 作成日, 更新日, 最終来店日, 最終利用日, 来店日, 購入日, 날짜,
  가입일, 등록일, 작성일, 수정일, 최근방문일, 방문일, 구매일, дата, дата регистрации,
  дата создания, дата визита, последний визит, дата последнего визита, клиент с, дата договора,
  fecha alta, cliente desde el, ultima visita cliente, date d inscription, date d ajout,
  date de creation, derniere visite, client depuis, eintrittsdatum, erfasst am, letzter besuch,
  letzter kontakt, angelegt am, data iscrizione, data inserimento, cliente dal, ultimo contatto,
  ultima visita cliente
custom 1.0 | 金額, 合計, 売上, 売上高, 単価, 数量, 残高, ポイント, 購入回数, 来店回数, 商品,
  商品名, 品名, サービス, 行き先, 旅行先, 금액, 합계, 매출, 단가, 수량, 잔액, 포인트, 방문횟수,
  상품, 상품명, 서비스, 여행지, сумма, итого, цена, количество, баланс, остаток, скидка, долг,
  оплата, товар, услуга, направление, тур, отель, importe, precio, cantidad, saldo cliente,
  descuento, montant, prix, quantite, solde, remise, betrag, preis, menge, umsatz, rabatt,
  reiseziel, importo, prezzo, quantita, sconto, destinazione, destination voyage
custom 1.0 | 紹介者, 紹介元, 来店経緯, 担当, 営業担当, 担当営業, 推薦人, 추천인, 소개자, 유입경로,
  영업담당, 담당영업, источник, менеджер, ответственный, откуда узнал, рекомендация, кто привел,
  продавец, procedencia, captado por, comercial asignado, apporteur, parraine par, conseiller,
  provenance, vermittelt durch, empfohlen von, betreuer, zustandig, herkunft, segnalato da,
  provenienza, agente di riferimento
organisation 1.0 | works for, working for, works at, employer account, employed by, place of work,
  empresa conveniada, convenio empresa, trabalha em, onde trabalha, local de trabalho, trabalha na,
  empresa onde trabalha, trabaja en, lugar de trabajo, 上班单位, 就职单位, 任职单位, 服務單位
organisation 1.0 | estabelecimento, nome do estabelecimento, nome da loja, establecimiento,
  nombre del establecimiento, esercizio commerciale
organisation 1.0 | designacao social, designacao comercial, denominacao comercial, nome da firma,
  nome firma, nome da entidade, nome entidade, nome da sociedade, nome da organizacao,
  nome fiscal, denominacion social, denominacion, denominazione sociale, denominazione
name 1.0 | destinatario, destinataria, candidato, nome do candidato, noivo, noiva, formanda,
  participante, inscrito, requerente, beneficiario, destinataire, empfanger, destinatari
name 1.0 | nome do aluno, nome do paciente, nome do socio, nome do doente, doente, dono,
  proprietario, nome do proprietario, condomino, arrendatario, inquilino, formando, atleta, noivos,
  nome da crianca, crianca, nome e apelidos, apelido e nome, nome e morada do cliente
phone 1.0 | fones, tels, telefs, telfs, telf, n telef, no telef, contacto tel, contacto telef,
  contactos telef, contato tel, telefone fax, tel fax, telefone telemovel, tel telem, tel tlm
phone 1.0 mobile | n tlm, no tlm, telemov, tel movel, tel celular, fone celular, fone cel, tel cel,
  celular whatsapp, telemovel whatsapp, handynr, mobilnr, tel portatil
phone 1.0 home | fone res, fone resid, fone residencial, fone fixo, tel res, tel resid, tel fixo,
  telef fixo, telf fixo, tlf fixo, telef casa, telf casa, tlf casa, telef resid, tel part, tel priv,
  tel particular, tfno casa, tfno fijo, tel casa 1, telefon priv
phone 1.0 work | fone com, fone coml, fone comercial, fone trab, fone trabalho, tel com, tel coml,
  tel trab, tel emprego, tel serv, tel servico, tel esc, tel escritorio, tel loja, telef emprego,
  telef trab, telef trabalho, telf emprego, telf trabalho, tlf trabalho, tlf emprego, tel gesch,
  tel geschaftl, tel geschaftlich, tel dienstl, tel dienstlich, tel arbeit, tel firma, tel oficina,
  tel trabajo, tfno trabajo, tel ufficio
street2 1.0 | compl, complem
custom 1.0 | inscricao estadual, inscricao municipal, insc estadual, insc municipal, ie, rfc, curp,
  bairro, colonia, n utente, no utente, n processo, no processo, apolice, n apolice
name 1.0 | tomador, tomador do seguro, segurado, pessoa segura, subscritor, asegurado, assure,
  versicherungsnehmer
birthday 1.0 | d nasc, dta nasc, dta nascimento, nasc em, f nacim
city 1.0 | local residencia, local de residencia, localidade de residencia, localidade postal,
  residencia localidade
postcode 1.0 | localidade e codigo postal, codigo postal e localidade, cp localidade,
  cp e localidade, localidade cp, cod postal localidade, plz ort, plz und ort, plz stadt, cp ville,
  code postal ville, code postal et ville, cp poblacion, cp y poblacion, cp localidad, cap citta,
  cap e citta, cap comune, postcode city, postcode and city, zip city, cidade cep, cep cidade
street 1.0 | rua e n o, rua e no, rua e numero, rua n o, rua numero, rua e porta, rua n porta,
  logradouro e numero, street and number, street no, street name and number
street 1.0 | strasse hausnr, strasse und hausnr, strasse u hausnr, rue et numero, via n civico
street2 1.0 | n policia, no policia, numero de policia
phone 1.0 work | tel buro, telefon buro 1, tel pro 1
custom 1.0 | seguradora, ddd, indicativo, tipo via, tipo de via
"""
